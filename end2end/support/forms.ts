// Forms as a person fills them in. They are found by their fields, since a page has one form per task.
import { expect, type Locator, type Page, type Response } from "@playwright/test";

/** By field name: text, a choice, ticked or not, or every value that is to be ticked. */
export type Values = Record<string, string | boolean | readonly string[]>;

/** The form where a person can reach all of these fields. */
export function formWith(page: Page, ...names: [string, ...string[]]): Locator {
  const start = page.locator("form");
  return names.reduce((form, name) => form.filter({ has: field(page, name) }), start);
}

/** What a person can reach of a field: a form may carry a hidden value of the same name. */
export function field(form: Locator | Page, name: string): Locator {
  return form.locator(`[name="${name}"]:not([type="hidden"])`);
}

/** Fills fields in; the others stay as they are. */
export async function fill(form: Locator, values: Values): Promise<void> {
  for (const [name, value] of Object.entries(values)) {
    const control = field(form, name);
    await unfold(control);
    if (typeof value === "boolean") {
      await control.setChecked(value);
    } else if (typeof value !== "string") {
      await tick(control, value);
    } else {
      await enter(control, value);
    }
  }
}

/** Opens the part of a form in which a field is folded away. */
async function unfold(control: Locator): Promise<void> {
  const folded = control.first().locator("xpath=ancestor::details[not(@open)]/summary");
  if (await folded.count()) await folded.first().click();
}

async function enter(control: Locator, value: string): Promise<void> {
  const kind = await control.first().evaluate((element) => (element as HTMLInputElement).type);
  if (kind === "radio") {
    await control.and(control.page().locator(`[value="${value}"]`)).check();
  } else if (kind === "select-one") {
    await control.selectOption(value);
  } else {
    await control.fill(value);
  }
}

async function tick(boxes: Locator, wanted: readonly string[]): Promise<void> {
  const offered = await boxes.evaluateAll((all) =>
    all.map((box) => ({ value: (box as HTMLInputElement).value, ticked: (box as HTMLInputElement).checked })),
  );
  const values = offered.map((box) => box.value);
  expect(values, "what there is to tick").toEqual(expect.arrayContaining([...wanted]));
  for (const [place, { value, ticked }] of offered.entries()) {
    const wants = wanted.includes(value);
    if (ticked !== wants) await boxes.nth(place).setChecked(wants);
  }
}

/** Presses a form's button and waits for the page that follows. Gives the answer to the form itself. */
export async function submit(form: Locator, button?: string): Promise<Response> {
  const page = form.page();
  const press = button === undefined ? form.locator("[type=submit]") : form.getByRole("button", { name: button, exact: true });
  const [answer] = await Promise.all([
    page.waitForResponse((response) => response.request().method() === "POST" && response.request().isNavigationRequest()),
    page.waitForEvent("load"),
    press.click(),
  ]);
  return answer;
}

/** Fills in and sends a form that is expected to be accepted. */
export async function send(page: Page, values: Values, button?: string): Promise<void> {
  const [first, ...rest] = Object.keys(values);
  if (first === undefined) throw new Error("a form is found by its fields");
  const form = formWith(page, first, ...rest);
  await fill(form, values);
  const answer = await submit(form, button);
  expect(answer.status(), `POST ${answer.url()}: ${await problems(page)}`).toBe(303);
}

/** Fills in and sends a form that is expected to come back, with a reason at the named field. */
export async function sendInVain(page: Page, values: Values, wrong: string, button?: string, status = 422): Promise<void> {
  const [first, ...rest] = Object.keys(values);
  if (first === undefined) throw new Error("a form is found by its fields");
  const form = formWith(page, first, ...rest);
  await fill(form, values);
  const answer = await submit(form, button);
  expect(answer.status(), `POST ${answer.url()}`).toBe(status);
  await expect(page.getByRole("alert")).toBeVisible();
  await expect(field(formWith(page, first, ...rest), wrong).first()).toHaveAttribute("aria-invalid", "true");
}

/** Follows a link by its words and waits for the page. */
export async function follow(page: Page, words: string | RegExp, within: Page | Locator = page): Promise<void> {
  const link = within.getByRole("link", { name: words, exact: typeof words === "string" });
  await Promise.all([page.waitForEvent("load"), link.first().click()]);
}

async function problems(page: Page): Promise<string> {
  const alerts = await page.getByRole("alert").allInnerTexts();
  return alerts.join(" ") || "no reason was given";
}
