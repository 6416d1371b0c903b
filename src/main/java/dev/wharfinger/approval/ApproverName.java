package dev.wharfinger.approval;

import java.util.regex.Pattern;

/** The name under which a person decides, as it stands in the approvers file. */
public record ApproverName(String value) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._@+-]{0,127}");

    public ApproverName {
        if (!isName(value)) {
            throw new IllegalArgumentException("not an approver's name: `" + value + "`");
        }
    }

    /** Whether a person may be called that. */
    public static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    @Override
    public String toString() {
        return value;
    }
}
