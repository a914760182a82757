// Looking at a page as a critic would: axe, sideways scrolling, and a picture for people to look at.
import { join } from "node:path";
import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";

const SCHEMES = ["light", "dark"] as const;
const DESKTOP = { width: 1440, height: 900 };
const PHONE = { width: 390, height: 844 };
const SMALLEST = { width: 360, height: 740 };

/** Axe finds nothing and nothing sticks out, in light and dark, on a desk and on a phone. */
export async function look(page: Page, name: string): Promise<void> {
  await test.step(`look at ${name}`, async () => {
    const seen = await withScripts(page);
    for (const size of seen === page ? [DESKTOP, PHONE] : [DESKTOP]) {
      await seen.setViewportSize(size);
      await seen.setViewportSize({ ...size, height: Math.max(size.height, await heightOf(seen)) });
      for (const colorScheme of SCHEMES) {
        await seen.emulateMedia({ colorScheme, reducedMotion: "reduce" });
        await repainted(seen);
        // Colours are the same on a phone.
        const isNew = size === DESKTOP || colorScheme === "light";
        if (isNew) await expectNothingFound(seen, colorScheme, `${name}, ${colorScheme}, ${size.width} px`);
        // Without scripts a page looks the same.
        if (seen === page) await picture(seen, `${name}-${size.width}-${colorScheme}`);
      }
    }
    await expectNoSidewaysScroll(seen);
    await page.emulateMedia({ colorScheme: null, reducedMotion: null });
  });
}

/** For people to look at: nobody does on a machine that only checks. */
const PICTURES = !process.env.CI || Boolean(process.env.TESSERA_PICTURES);

async function picture(page: Page, name: string): Promise<void> {
  if (!PICTURES) return;
  const path = join(test.info().project.outputDir, "screens", `${name}.png`);
  await page.screenshot({ path, animations: "disabled" });
}

/** A page that end users see: the same, and no script at all. */
export async function lookAtEndUserPage(page: Page, name: string): Promise<void> {
  await expect(page.locator("script"), `scripts of ${name}`).toHaveCount(0);
  await look(page, name);
}

async function expectNothingFound(page: Page, scheme: (typeof SCHEMES)[number], what: string): Promise<void> {
  const axe = new AxeBuilder({ page }).setLegacyMode();
  // All rules that are on by default, and the size of targets (WCAG 2.2), which is not. Between light and
  // dark only colours differ.
  if (scheme === "light") axe.options({ rules: { "target-size": { enabled: true } } });
  else axe.withRules(["color-contrast", "link-in-text-block"]);
  const { violations } = await axe.analyze();
  const found = violations.flatMap((rule) =>
    rule.nodes.map((node) => `${rule.id}: ${rule.help}\n  ${node.html}\n  ${node.failureSummary ?? ""}`),
  );
  expect.soft(found, `axe: ${what}`).toEqual([]);
}

/** Nothing is wider than a small phone. */
async function expectNoSidewaysScroll(page: Page): Promise<void> {
  await page.setViewportSize(SMALLEST);
  const [content, window] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth] as const);
  expect.soft(content, `${page.url()} at ${SMALLEST.width} px`).toBeLessThanOrEqual(window);
  await page.setViewportSize(DESKTOP);
}

/** The colours asked for are the ones shown: styles follow a change of scheme with the next frame. */
async function repainted(page: Page): Promise<void> {
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
}

/** All of the page in one window: what sticks to an edge would cover the middle of a taller picture. */
async function heightOf(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollHeight);
}

/** Pages with scripts, by the page without whose twin they are. */
const twins = new WeakMap<Page, Promise<Page>>();

/**
 * axe is a script: where the test has none, it looks at a twin, which shows
 * the same document without the document's own scripts.
 */
async function withScripts(page: Page): Promise<Page> {
  if (test.info().project.use.javaScriptEnabled !== false) return page;
  const twin = await (twins.get(page) ?? newTwin(page));
  const html = (await page.content()).replace(/<script\b.*?<\/script>/gs, "");
  await twin.unrouteAll();
  await twin.route(page.url(), (route) => route.fulfill({ contentType: "text/html; charset=utf-8", body: html }));
  await twin.goto(page.url());
  return twin;
}

function newTwin(page: Page): Promise<Page> {
  const browser = page.context().browser();
  if (!browser) throw new Error("a page without a browser");
  const twin = browser.newContext({ javaScriptEnabled: true }).then((context) => context.newPage());
  twins.set(page, twin);
  return twin;
}
