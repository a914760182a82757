// Branding: what the form holds is what people see when they sign in, and nothing of it before it is saved.
import type { Page } from "@playwright/test";
import { signInToConsole } from "../support/administrator.ts";
import { expect, test } from "../support/fixtures.ts";
import { field, fill, formWith, send, sendInVain, submit } from "../support/forms.ts";
import { JOHN, newPerson } from "../support/people.ts";
import { populate } from "../support/sample.ts";

/** One transparent pixel. */
const PIXEL =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
const LOGO = { name: "logo.png", mimeType: "image/png", buffer: Buffer.from(PIXEL, "base64") };
const NO_LOGO = { name: "logo.png", mimeType: "image/png", buffer: Buffer.from("This is only called a picture.") };
const LOOKS = { name: "Harbour Library", own_accent: true, accent: "#7a1fa2", policy_uri: "https://library.example/privacy" };

test("a subscription looks as its branding says", async ({ page, browser, server, library }) => {
  const { issuer } = populate(server, library.redirectUri);
  await signInToConsole(page);
  await page.goto("/console/mysub/branding");
  const form = formWith(page, "name", "logo");

  await test.step("a file that is no picture is refused at its field", async () => {
    await field(form, "logo").setInputFiles(NO_LOGO);
    await sendInVain(page, { name: LOOKS.name }, "logo", "Save");
    await expect(field(form, "logo")).toHaveAccessibleDescription(/This is not a PNG, JPEG or WebP picture\./);
    await expect(field(form, "name")).toHaveValue(LOOKS.name);
  });

  await test.step("a preview shows it and saves nothing", async () => {
    await fill(form, LOOKS);
    await field(form, "logo").setInputFiles(LOGO);
    expect((await submit(form, "Show preview")).status()).toBe(200);
    const preview = page.getByRole("region", { name: "Preview", exact: true });
    await expect(preview.getByRole("figure")).toHaveCount(2);
    await expect(preview.getByRole("img", { name: "Harbour Library logo" }).first()).toBeAttached();
    await expect(preview).toContainText("Text on the colour is readable");
    const early = await opened(await newPerson(browser), issuer);
    await expect(early.getByText("Harbour Library")).toHaveCount(0);
    await expect(early).toHaveTitle("Sign in · My subscription");
    await early.context().close();
  });

  await test.step("saved, with the logo that was handed in for the preview, it is there for everybody", async () => {
    expect((await submit(form, "Save")).status()).toBe(303);
    await expect(page.getByRole("status").first()).toContainText("Saved.");
    const person = await opened(await newPerson(browser), issuer);
    await expect(person).toHaveTitle("Sign in · Harbour Library");
    const logo = person.getByRole("img", { name: "Harbour Library logo" });
    await expect(logo).toBeVisible();
    const answer = await person.request.get((await logo.getAttribute("src")) ?? "");
    expect([answer.status(), answer.headers()["content-type"]]).toEqual([200, "image/png"]);
    expect((await answer.body()).equals(LOGO.buffer)).toBe(true);
    const colour = () => getComputedStyle(document.documentElement).getPropertyValue("--brand").trim();
    expect(await person.evaluate(colour)).toBe(LOOKS.accent);
    await expect(person.getByRole("link", { name: "Privacy policy" })).toHaveAttribute("href", LOOKS.policy_uri);
    await send(person, { username: JOHN.username, password: JOHN.password });
    await expect(person).toHaveTitle("Your account · Harbour Library");
    await person.context().close();
  });

  await test.step("the logo can be taken away again", async () => {
    await send(page, { name: LOOKS.name, remove_logo: true }, "Save");
    const person = await opened(await newPerson(browser), issuer);
    await expect(person.getByText("Harbour Library")).toBeVisible();
    await expect(person.getByRole("img")).toHaveCount(0);
    await person.context().close();
  });
});

async function opened(person: Page, issuer: string): Promise<Page> {
  await person.goto(`${issuer}/account`);
  await expect(field(person, "password")).toBeVisible();
  return person;
}
