package dev.wharfinger.server;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A real nginx before a server, as people put one there: it keeps one connection to the server, on
 * which the requests of all clients follow each other.
 */
final class Nginx implements AutoCloseable {
    private final Process process;
    private final int port;

    private Nginx(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Where it is, if it is here. */
    static Optional<Path> program() {
        return Stream.of("/usr/sbin/nginx", "/usr/local/sbin/nginx", "/usr/bin/nginx")
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
    }

    /**
     * Starts it.
     *
     * @param whole whether it reads a body to its end before it sends it on
     */
    static Nginx start(Path program, Path folder, int server, boolean whole)
            throws IOException, InterruptedException {
        int port = freePort();
        Path config =
                Files.writeString(
                        folder.resolve("nginx.conf"),
                        """
                        daemon off;
                        master_process off;
                        pid nginx.pid;
                        error_log error.log;
                        events {}
                        http {
                          access_log off;
                          client_body_temp_path body;
                          proxy_temp_path proxy;
                          fastcgi_temp_path fastcgi;
                          uwsgi_temp_path uwsgi;
                          scgi_temp_path scgi;
                          client_header_timeout 2s;
                          client_body_timeout 2s;
                          client_max_body_size 0;
                          keepalive_timeout 2s;
                          upstream wharf { server 127.0.0.1:%d; keepalive 1; }
                          server {
                            listen 127.0.0.1:%d;
                            location / {
                              proxy_pass http://wharf;
                              proxy_http_version 1.1;
                              proxy_set_header Connection "";
                              proxy_set_header Host $http_host;
                              proxy_request_buffering %s;
                              proxy_buffering off;
                              proxy_read_timeout 5s;
                            }
                          }
                        }
                        """
                                .formatted(server, port, whole ? "on" : "off"));
        Process process =
                new ProcessBuilder(program.toString(), "-p", folder + "/", "-c", config.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("said").toFile())
                        .start();
        Nginx nginx = new Nginx(process, port);
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!nginx.listens()) {
            if (!process.isAlive() || System.nanoTime() > until) {
                nginx.close();
                throw new IOException(Files.readString(folder.resolve("said")));
            }
            Thread.sleep(20);
        }
        return nginx;
    }

    private boolean listens() {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    int port() {
        return port;
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        process.waitFor();
    }
}
