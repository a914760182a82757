// Accessibility: axe finds nothing, in light and in dark, at any width.
import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";

const STANDARD = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** Fails with what axe found on the page as it is, once per colour scheme. */
export async function expectAccessible(page: Page): Promise<void> {
  const looked = await withScripts(page);
  for (const colorScheme of ["light", "dark"] as const) {
    await looked.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    const { violations } = await new AxeBuilder({ page: looked }).withTags(STANDARD).analyze();
    const found = violations.flatMap((rule) =>
      rule.nodes.map((node) => `${rule.id}: ${rule.help}\n  ${node.html}\n  ${node.failureSummary ?? ""}`),
    );
    expect(found, `axe on ${page.url()} in ${colorScheme}`).toEqual([]);
  }
  if (looked === page) {
    await page.emulateMedia({ colorScheme: null, reducedMotion: null });
  } else {
    await looked.context().close();
  }
}

/**
 * axe is a script: where the test has none, it looks at a twin, which shows
 * the same document without the document's own scripts.
 */
async function withScripts(page: Page): Promise<Page> {
  const browser = page.context().browser();
  if (test.info().project.use.javaScriptEnabled !== false || !browser) return page;
  const html = (await page.content()).replace(/<script\b.*?<\/script>/gs, "");
  const context = await browser.newContext({ viewport: page.viewportSize(), javaScriptEnabled: true });
  const twin = await context.newPage();
  await twin.route(page.url(), (route) => route.fulfill({ contentType: "text/html; charset=utf-8", body: html }));
  await twin.goto(page.url());
  return twin;
}

/** Nothing is wider than a small phone. */
export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const before = page.viewportSize();
  await page.setViewportSize({ width: 360, height: 740 });
  const [content, window] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth] as const);
  expect(content, `${page.url()} at 360 px`).toBeLessThanOrEqual(window);
  if (before) await page.setViewportSize(before);
}
