// Every page that the program has, at a real address: taken from its table of routes and from the links
// that pages show, so that a page which nothing leads to is noticed.
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { Page } from "@playwright/test";

const ROUTES = resolve(import.meta.dirname, "../../app/src/routes.rs");

/** Patterns of all pages, `/console/{slug}/users/{id}`. End-user pages are relative to an issuer. */
export function routes(audience: "console" | "end-user"): string[] {
  const all = [...readFileSync(ROUTES, "utf8").matchAll(/^\s+"(\/[^"]*)" => /gm)].map(([, pattern]) => pattern ?? "");
  return all.filter((pattern) => pattern.startsWith("/console") === (audience === "console"));
}

/** Objects of one kind differ: of each pattern so many addresses are asked for further links. */
const ENOUGH = 6;

/**
 * Follows links from `start` on, without a browser, and gives the first address found for each pattern, until
 * there is one for each that is wanted. All patterns have to be known: the most exact one is an address's own.
 */
export async function tour(page: Page, start: string[], patterns: string[], wanted: string[]): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  const asked = new Map<string, Set<string>>();
  const waiting = [...start];
  while (waiting.length > 0 && wanted.some((pattern) => !found.has(pattern))) {
    const address = waiting.shift() ?? "";
    const pattern = patternOf(address, patterns);
    if (pattern === undefined) continue;
    const others = asked.get(pattern) ?? new Set();
    if (others.has(address) || others.size >= ENOUGH) continue;
    asked.set(pattern, others.add(address));
    if (!found.has(pattern)) found.set(pattern, address);
    const html = await (await page.request.get(address)).text();
    const links = [...html.matchAll(/\shref="([^"#?]*)/g)].map(([, link]) => link ?? "");
    waiting.push(...links.filter((link) => link.startsWith("/")));
  }
  return found;
}

/** The most exact pattern of an address. */
function patternOf(address: string, patterns: string[]): string | undefined {
  const path = address.split("?")[0] ?? "";
  const fits = (pattern: string) => new RegExp(`^${pattern.replaceAll(/\{[^}]+\}/g, "[^/]+")}$`).test(path);
  const variables = (pattern: string) => pattern.split("{").length;
  return patterns.filter(fits).sort((a, b) => variables(a) - variables(b))[0];
}

/** `/console/{slug}/users/{id}/disable` as the name of a file: another one for each pattern. */
export function nameOf(pattern: string): string {
  return pattern.slice(1).replaceAll("/", "-").replaceAll(/[{}]/g, "");
}
