// A subscription with everything in it, as an `apply` file: where a test is not about making one by hand.
import { randomBytes } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "@playwright/test";
import { ADMINISTRATOR, JOHN } from "./people.ts";
import type { Credentials } from "./protocol.ts";
import type { Server } from "./server.ts";

export const NEWCOMER = { username: "nora", email: "nora@example.org", password: "a lantern left at the quay" };

export type Sample = {
  issuer: string;
  /** A confidential website with required claim `library_card`. */
  app: Credentials;
  /** Asks for consent and for claims of every type. */
  demanding: Credentials;
  /** Acts for itself. */
  service: Credentials;
  api: Credentials;
};

/** Brings the sample into a server, with an administrator, and gives what one needs to use it. */
export function populate(server: Server, redirectUri: string, postLogoutRedirectUri = `${redirectUri}/bye`): Sample {
  const secret = () => randomBytes(32).toString("base64url");
  const sample: Sample = {
    issuer: `${server.url}/s/mysub`,
    app: { name: "my-app", secret: secret() },
    demanding: { name: "reading-room", secret: secret() },
    service: { name: "nightly-report", secret: secret() },
    api: { name: "library-api", secret: secret() },
  };
  apply(server, document(sample, redirectUri, postLogoutRedirectUri));
  const { email, password } = ADMINISTRATOR;
  const made = server.run(["admin", "create", "--email", email, "--name", "Ada Example", "--password-stdin"], `${password}\n`);
  expect(made.status, made.stderr).toBe(0);
  return sample;
}

/** Applies a document, which must be accepted, and gives what was printed. */
export function apply(server: Server, contents: object): string {
  const file = join(server.folder, `${randomBytes(6).toString("hex")}.json`);
  writeFileSync(file, JSON.stringify(contents, null, 2));
  const done = server.run(["apply", file]);
  expect(done.status, done.stderr).toBe(0);
  return done.stdout;
}

function document(sample: Sample, redirectUri: string, postLogoutRedirectUri: string): object {
  const redirects = { redirect_uris: [redirectUri], post_logout_redirect_uris: [postLogoutRedirectUri] };
  const grants = ["authorization_code", "refresh_token"];
  return {
    subscriptions: [
      {
        slug: "mysub",
        name: "My subscription",
        scope_preset: "standard",
        claims: [LIBRARY_CARD, ...EVERY_TYPE],
        identity_scopes: [
          { name: "library", display_name: "Library profile", claims: ["library_card", "given_name"] },
          {
            name: "reader",
            display_name: "Reader's details",
            description: "What the reading room wants to know about its readers.",
            claims: EVERY_TYPE.map((claim) => claim.name),
          },
        ],
        trusted_issuers: [
          {
            issuer: "https://sts.example",
            jwks_uri: "https://sts.example/jwks.json",
            applications: [sample.app.name],
            subject: "email",
          },
        ],
        api_connections: [
          {
            name: sample.api.name,
            display_name: "Library API",
            secret: `value:${sample.api.secret}`,
            scopes: [
              {
                name: "library-api-checked-books",
                display_name: "Books you have checked out",
                description: "Titles, and the day by which they are to be returned.",
              },
            ],
            authorization_details_types: [
              {
                type: "loan",
                display_name: "Borrow a book",
                description: "The library lends one book on your card.",
                actions: ["borrow", "renew"],
                fields: [{ name: "title", kind: "string", required: true }],
              },
            ],
          },
        ],
        applications: [
          {
            client_id: sample.app.name,
            name: "Library website",
            type: "web",
            secret: `value:${sample.app.secret}`,
            ...redirects,
            grant_types: grants,
            allowed_identity_scopes: ["openid", "profile", "library"],
            allowed_api_scopes: ["library-api", "library-api-checked-books"],
            required_claims: ["library_card"],
          },
          {
            client_id: sample.demanding.name,
            name: "Reading room",
            type: "web",
            secret: `value:${sample.demanding.secret}`,
            ...redirects,
            grant_types: grants,
            allowed_identity_scopes: ["openid", "library", "reader"],
            allowed_api_scopes: ["library-api-checked-books"],
            required_claims: ["library_card", ...EVERY_TYPE.map((claim) => claim.name)],
            require_consent: true,
          },
          {
            client_id: sample.service.name,
            name: "Nightly report",
            type: "service",
            secret: `value:${sample.service.secret}`,
            grant_types: ["client_credentials", "urn:ietf:params:oauth:grant-type:token-exchange"],
            allowed_api_scopes: ["library-api"],
          },
          {
            client_id: "catalogue",
            name: "Catalogue in the browser",
            type: "single-page",
            redirect_uris: ["https://catalogue.example/callback"],
            cors_origins: ["https://catalogue.example"],
            allowed_identity_scopes: ["openid"],
          },
        ],
        users: [
          {
            username: JOHN.username,
            email: JOHN.email,
            email_verified: true,
            password: `value:${JOHN.password}`,
            claims: { name: "John Doe", given_name: JOHN.givenName, library_card: JOHN.card },
          },
          { username: NEWCOMER.username, email: NEWCOMER.email, password: `value:${NEWCOMER.password}` },
          ...CROWD,
        ],
      },
      { slug: "quiet", name: "A subscription with nothing in it" },
    ],
  };
}

const LIBRARY_CARD = {
  name: "library_card",
  display_name: "Library card",
  type: "string",
  pattern: "^LC-[0-9]{6}$",
  help: "On the back of your card",
  unique: true,
  show_on_profile: true,
};

/** One claim of each type that the standard claims do not show already. */
const EVERY_TYPE = [
  { name: "about_me", display_name: "About you", type: "text", help: "A sentence or two." },
  { name: "shelf", display_name: "Shelf number", type: "integer", minimum: 1, maximum: 400 },
  { name: "height", display_name: "Height of your desk in metres", type: "decimal" },
  { name: "newsletter", display_name: "Send me the newsletter", type: "boolean" },
  { name: "member_since", display_name: "Member since", type: "date" },
  { name: "second_email", display_name: "Second e-mail address", type: "email" },
  { name: "home_phone", display_name: "Telephone at home", type: "phone" },
  { name: "blog", display_name: "Your blog", type: "url" },
  {
    name: "branch",
    display_name: "Branch",
    type: "choice",
    choices: [{ value: "c", label: "Central" }, { value: "h", label: "Harbour" }],
  },
  {
    name: "interests",
    display_name: "Interests",
    type: "multiple_choice",
    choices: [{ value: "maps", label: "Maps" }, { value: "music", label: "Music" }, { value: "law", label: "Law" }],
  },
  { name: "delivery", display_name: "Delivery address", type: "address" },
  { name: "preferences", display_name: "Preferences", type: "json" },
];

/** Enough users for a second page. */
const CROWD = Array.from({ length: 60 }, (_, number) => ({
  username: `reader-${number + 1}`,
  email: `reader.${number + 1}@example.org`,
  claims: { name: `Reader ${number + 1}`, library_card: `LC-${String(900_000 + number)}` },
}));
