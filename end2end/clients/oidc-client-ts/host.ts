// Serves the page and the library, and nothing else: a single-page application has no server of its own.
import { readFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import { join } from "node:path";

const PAGE = join(import.meta.dirname, "page");
const PACKAGES = join(import.meta.dirname, "../../node_modules");

/** Listens at the port of `origin`; port 0 is a free one. */
export async function host(origin: string, issuer: string): Promise<Server> {
  const files: Record<string, [type: string, path: string]> = {
    "/catalogue.js": ["text/javascript", join(PAGE, "catalogue.js")],
    "/lib/oidc-client-ts.js": ["text/javascript", join(PACKAGES, "oidc-client-ts/dist/esm/oidc-client-ts.js")],
    "/lib/jwt-decode.js": ["text/javascript", join(PACKAGES, "jwt-decode/build/esm/index.js")],
  };
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? "/", origin);
    if (pathname === "/settings.json") {
      response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify({ issuer }));
      return;
    }
    const [type, path] = files[pathname] ?? ["text/html; charset=utf-8", join(PAGE, "index.html")];
    readFile(path).then(
      (body) => response.writeHead(200, { "content-type": type, "cache-control": "no-store" }).end(body),
      () => response.writeHead(500).end(),
    );
  });
  await new Promise<void>((listening) => server.listen(Number(new URL(origin).port), "127.0.0.1", listening));
  return server;
}
