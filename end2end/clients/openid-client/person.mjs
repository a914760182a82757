// The user's browser (../support/person.py), and the address of the website at which it comes back.
import { execFile } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const { PERSON, WEBSITE } = process.env;
const CALLBACK = `${WEBSITE}/callback`;

export class Person {
  #folder = mkdtempSync(join(tmpdir(), "tessera-person-"));

  /** Opens an address, signs in where that is asked, and gives the first address that begins with `until`. */
  async go(address, until) {
    const env = { ...process.env, PERSON_COOKIES: join(this.#folder, "cookies") };
    const { stdout } = await promisify(execFile)(PERSON, [String(address), until], { env });
    return stdout.trim();
  }

  /** Goes to Tessera, and gives the request with which the browser is back. */
  async bring(address) {
    const asked = once(website, "callback");
    await this.go(address, `${WEBSITE}/done`);
    return (await asked)[0];
  }

  forget() {
    rmSync(this.#folder, { recursive: true });
  }
}

let published;

/** From now on the website has this document at `/client.json`. */
export function publish(document) {
  published = JSON.stringify(document);
}

/** A website that keeps what its callback was asked with, by GET or by POST, for the program to look at. */
export const website = createServer(async (request, response) => {
  const url = new URL(request.url, WEBSITE);
  if (url.pathname === "/client.json" && published) {
    response.writeHead(200, { "content-type": "application/json" }).end(published);
    return;
  }
  if (url.href.startsWith(CALLBACK)) {
    const chunks = await request.toArray();
    const body = request.method === "POST" ? Buffer.concat(chunks) : undefined;
    website.emit("callback", new Request(url, { method: request.method, headers: request.headers, body }));
  }
  response.writeHead(303, { location: `${WEBSITE}/done` }).end();
});

export async function listen() {
  website.listen(Number(new URL(WEBSITE).port), "127.0.0.1");
  await once(website, "listening");
}
