// nginx as the measure: one worker, sendfile, open_file_cache, secure_link.
import { createHash } from "node:crypto";

const secret = "a secret of the benchmark";

export const nginxConfiguration = (folder, port) => `
worker_processes 1;
daemon off;
error_log ${folder}/error.log;
pid ${folder}/nginx.pid;
events { worker_connections 4096; }
http {
    access_log off;
    sendfile on;
    tcp_nopush on;
    tcp_nodelay on;
    keepalive_requests 1000000000;
    keepalive_timeout 75s;
    open_file_cache max=10000 inactive=1h;
    open_file_cache_valid 1h;
    types { application/vnd.apple.mpegurl m3u8; video/mp4 m4s; }
    client_body_temp_path ${folder}/body;
    proxy_temp_path ${folder}/proxy;
    fastcgi_temp_path ${folder}/fastcgi;
    uwsgi_temp_path ${folder}/uwsgi;
    scgi_temp_path ${folder}/scgi;
    server {
        listen 127.0.0.1:${port} backlog=4096;
        root ${folder}/files;
        location / {
            secure_link $arg_md5,$arg_expires;
            secure_link_md5 "$secure_link_expires ${secret}";
            if ($secure_link = "") { return 404; }
            if ($secure_link = "0") { return 410; }
            add_header Cache-Control "public, max-age=28800, immutable";
        }
    }
}
`;

/** What nginx wants to see behind a path. */
export const secureLink = () => {
  const expires = Math.floor(Date.now() / 1000) + 86_400;
  const md5 = createHash("md5").update(`${expires} ${secret}`).digest("base64url");
  return `?md5=${md5}&expires=${expires}`;
};
