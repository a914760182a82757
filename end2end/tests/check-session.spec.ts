// The script of the frame of session management (OpenID Connect Session Management 1.0 section 3.2), run with the
// few things of a browser that it touches: no page is needed for what it decides.
import { createHash, webcrypto } from "node:crypto";
import { readFileSync } from "node:fs";
import { runInNewContext } from "node:vm";
import { expect, test } from "@playwright/test";

const SCRIPT = readFileSync(new URL("../../server/src/http/oauth/check_session.js", import.meta.url), "utf8");
const RP = "https://library.example";
const COOKIE = "__Host-tessera-state.mysub";

function sessionState(origin: string, state: string): string {
  return `${createHash("sha256").update(`my-app ${origin} ${state} salt`).digest("hex")}.salt`;
}

// What the frame answers to a message from `origin`, held by a page of `parent`, with these cookies: text and target.
async function ask(
  data: unknown,
  { origin = RP, parents = [RP] as string[] | null, cookie = `a=b; ${COOKIE}=s` } = {},
): Promise<[string, string][]> {
  const answers: [string, string][] = [];
  let heard: ((event: object) => Promise<void>) | undefined;
  runInNewContext(SCRIPT, {
    addEventListener: (_: string, listener: typeof heard) => {
      heard = listener;
    },
    location: { ancestorOrigins: parents },
    document: { cookie, documentElement: { dataset: { cookie: COOKIE } } },
    crypto: webcrypto,
    TextEncoder,
    Uint8Array,
  });
  await heard?.({ data, origin, source: { postMessage: (text: string, to: string) => answers.push([text, to]) } });
  return answers;
}

test("the frame knows whether the sign-in is the same", async () => {
  const asked = `my-app ${sessionState(RP, "s")}`;
  expect(await ask(asked)).toEqual([["unchanged", RP]]);
  expect(await ask(asked, { cookie: `${COOKIE}=another` })).toEqual([["changed", RP]]);
  expect(await ask(asked, { cookie: "" })).toEqual([["changed", RP]]);
  expect(await ask(asked, { cookie: `__Host-tessera-state.mysub2=s; x${COOKIE}=s` })).toEqual([["changed", RP]]);
  expect(await ask(`my-app ${sessionState(RP, "")}`, { cookie: "" })).toEqual([["unchanged", RP]]);
  expect(await ask(asked.replace("my-app", "museum"))).toEqual([["changed", RP]]);
  const hash = "0".repeat(64);
  const texts = ["", "my-app", "my-app x.salt", ` ${hash}.salt`, `a b ${hash}.salt`, `my-app ${hash}`, `${asked} `];
  for (const bad of [...texts, null, 1, [asked], {}]) {
    expect(await ask(bad)).toEqual([["error", RP]]);
  }
});

test("the frame answers the origin of its parent only", async () => {
  const evil = "https://evil.example";
  const asked = `my-app ${sessionState(RP, "s")}`;
  // A frame within the application's page, or one beside it.
  expect(await ask(asked, { origin: evil })).toEqual([]);
  expect(await ask(asked, { origin: "null", parents: ["null"] })).toEqual([]);
  // What is known of another origin's answers says nothing to somebody else, whatever holds the frame.
  expect(await ask(asked, { origin: evil, parents: [evil, RP] })).toEqual([["changed", evil]]);
  expect(await ask(asked, { origin: evil, parents: null })).toEqual([["changed", evil]]);
});
