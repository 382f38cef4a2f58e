package org.ringward.cli.demo;

/** The web server's configuration: one page that names the machine. */
final class NginxFile {
  private NginxFile() {}

  /**
   * @param listen port, or address and port
   * @param volatileDirectory for the pid file and temporary files
   */
  static String text(String machine, String listen, String volatileDirectory, String logDirectory) {
    return """
    worker_processes 1;
    pid %3$s/nginx.pid;
    error_log %4$s/error.log;
    events {}
    http {
      access_log off;
      keepalive_timeout 0;
      client_body_temp_path %3$s/body;
      proxy_temp_path %3$s/proxy;
      fastcgi_temp_path %3$s/fastcgi;
      uwsgi_temp_path %3$s/uwsgi;
      scgi_temp_path %3$s/scgi;
      server {
        listen %2$s;
        default_type text/plain;
        location / { return 200 "%1$s\\n"; }
      }
    }
    """
        .formatted(machine, listen, volatileDirectory, logDirectory);
  }
}
