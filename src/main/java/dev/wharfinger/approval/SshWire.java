package dev.wharfinger.approval;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;

/** Strings as SSH writes them on the wire: a length of four bytes, then the bytes. */
final class SshWire {
    private final ByteBuffer in;

    SshWire(byte[] bytes) {
        this.in = ByteBuffer.wrap(bytes);
    }

    byte[] bytes() {
        int length = number();
        if (length < 0 || length > in.remaining()) {
            throw new IllegalArgumentException("cut short");
        }
        byte[] bytes = new byte[length];
        in.get(bytes);
        return bytes;
    }

    String text() {
        return new String(bytes(), US_ASCII);
    }

    int number() {
        try {
            return in.getInt();
        } catch (BufferUnderflowException e) {
            throw new IllegalArgumentException("cut short", e);
        }
    }

    byte octet() {
        try {
            return in.get();
        } catch (BufferUnderflowException e) {
            throw new IllegalArgumentException("cut short", e);
        }
    }

    byte[] raw(int length) {
        if (length > in.remaining()) {
            throw new IllegalArgumentException("cut short");
        }
        byte[] bytes = new byte[length];
        in.get(bytes);
        return bytes;
    }

    void end() {
        if (in.hasRemaining()) {
            throw new IllegalArgumentException("something follows");
        }
    }

    static byte[] strings(byte[]... parts) {
        var out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(part.length).array());
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    static byte[] joined(byte[]... parts) {
        var out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    static byte[] ascii(String text) {
        return text.getBytes(US_ASCII);
    }
}
