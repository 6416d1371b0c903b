package dev.wharfinger.markdown;

import java.util.List;
import java.util.Optional;

/** One row of a table, without the cells that the line does not have. */
public record Row(int line, List<Cell> cells) {
    public Row {
        cells = List.copyOf(cells);
    }

    /** The cell of that column, counted from 0. */
    public Optional<Cell> cell(int column) {
        return column >= 0 && column < cells.size()
                ? Optional.of(cells.get(column))
                : Optional.empty();
    }
}
