# Why a value was refused: one message per code of model::Problem.

## Any value

problem-required = Please fill this in.
problem-too-long = { $max ->
    [one] At most one character, please.
   *[other] At most { $max } characters, please.
}
problem-too-short = { $min ->
    [one] At least one character, please.
   *[other] At least { $min } characters, please.
}
problem-too-small = At least { $min }, please.
problem-too-large = At most { $max }, please.
problem-between = A number from { $min } to { $max }, please.
problem-number = This is not a number.
problem-integer = Only a whole number fits here, such as 42.
problem-integer-range = This number is too large to be kept exactly.
problem-decimal = Only a number fits here, such as 3.5.
problem-boolean = Only yes or no fits here.
problem-date = This is not a date that exists. Write it as 2026-11-22.
problem-email = This is not an e-mail address.
problem-phone = This is not a phone number with its country code, such as +1 425 555 1212.
problem-url = This is not a web address. It begins with https:// or http://.
problem-json = This is not valid JSON.
problem-text = Only text fits here.
problem-address = This is not an address.
problem-choice = Choose one of those offered.
problem-choose = Choose at least one.
problem-pattern = This does not have the expected form.
problem-control-characters = There are characters in it that cannot be seen. Please type it again.
problem-taken = This is taken already.
problem-name-taken = { $name } is taken already.
problem-unknown = { $name } does not exist here.
problem-repeated = { $name } is there more than once.
problem-reserved = { $name } has a meaning of its own and cannot be used.
problem-immutable = This cannot be changed any more.
problem-range-order = This is smaller than the one before.
problem-not-for-type = This does not go with the chosen type.
problem-unknown-field = The form has no field { $name }.
problem-confirmation = Type { $expected } exactly as it is written.
problem-cursor = This page of the list is not there any more.

## Names

problem-slug = Use lower-case letters, digits and hyphens, at most 63, without a hyphen at either end.
problem-client-id = Use printable ASCII characters without spaces.
problem-scope-name = Use printable ASCII characters without spaces, quotation marks and backslashes.
problem-scope-line = "{ $line }" is no scope: a name is printable ASCII without spaces, quotation marks and backslashes. With other words for people it is written name = words.
problem-name-begun = Go on after the hyphen with what this scope allows.
problem-claim-name = Use printable ASCII characters without spaces.
problem-connection-name = Use lower-case letters, digits and the characters _ . : -
problem-username = A user name has no @ and no spaces.
problem-username-or-email = Give a user name or an e-mail address, or both.

## Claims

problem-pattern-syntax = This is not a valid regular expression.
problem-duplicates = { $count ->
    [one] One value is held by several users: { $values }
   *[other] { $count } values are held by several users: { $values }
}
problem-standard-claim = A standard claim cannot be deleted.
problem-derived-claim = The server itself fills in this claim.
problem-not-requirable = Nobody can be asked for { $name }: the server itself fills it in.

## Addresses of applications

problem-uri = { $value } is not a complete address.
problem-uri-http = { $value } must begin with https://, since http:// is for this machine (localhost) only.
problem-uri-scheme = { $value } begins with { $scheme }:, which is not allowed for this type of application.
problem-uri-characters = { $value } holds a character that an address cannot have.
problem-uri-fragment = { $value } holds a #, which is not allowed.
problem-uri-backslash = { $value } holds a backslash, which is not allowed.
problem-uri-semicolon = { $value } holds a semicolon, which is not allowed.
problem-uri-wildcard = { $value } holds a *: every address is listed in full.
problem-uri-dots = { $value } holds .. as part of its path, which is not allowed.
problem-uri-userinfo = { $value } holds a user name or an @ before the host, which is not allowed.
problem-origin = { $value } is more than an origin: write https://host or https://host:port, without a path.
problem-logout-uri-type = { $value } is loaded by a browser: only web and single-page applications have such an address.
problem-logout-uri-origin = { $value } must have the scheme, host and port of one of the redirect URIs.

## Applications and connections

problem-grant-needs-secret = Client credentials, token exchange and passwords need a type of application that keeps a secret.
problem-grant-not-for-type = The device code is for devices and for native and web applications.
problem-alg-needs-secret = With this algorithm the secret is the key: the application has to be of a type that keeps one, and to prove itself with it.
problem-dialect-needs-secret = In this dialect the secret signs the tokens: the application has to be of a type that keeps one.
problem-fixed-by-dialect = The dialect settles this. Leave it out.
problem-response-type-secret = With this algorithm the secret is the key, and it does not come with a sign-in: tokens in the answer need another algorithm.
problem-response-type-unbound = Access tokens of this application are bound to a key, and those in the answer to a sign-in cannot be.
problem-fapi = FAPI 2.0 asks for this field to be as its profile has it: own key, pushed requests, PKCE, proofs of possession, response type code, dialect standard, PS256, ES256 or EdDSA, and https redirect URIs.
problem-sector-needed = The redirect URIs have no single host: name the address of the sector.
problem-pairwise-reference = Names of its own need reference tokens: a JWT would tell the application what others call the user.
problem-host-name = { $name } is not a host as browsers show it, such as club.example.
problem-sector-unfetched = The list of the sector could not be read: { $reason }.
problem-sector-without = { $value } is not in the list of the sector.
problem-ip = { $value } is no IP address.
problem-impersonation-no-target = { $name } is not among the names towards which it may exchange tokens.
problem-may-act-itself = An application may exchange its own tokens anyway. Name another one.
problem-reusable-unbound = Without a secret, a key or proofs of possession a refresh token has to rotate.
problem-refresh-needs-code = A refresh token comes with the authorization code or the device code: allow one of them too.
problem-public-application = An application of this type keeps no secret.
problem-public-application-key = An application of this type keeps neither a secret nor a private key.
problem-key-application = This application signs with its own key, and has no secret.
problem-jwks = This is no JSON Web Key Set: {"{"}"keys": [ … ]{"}"}, with at least one key.
problem-jwks-private = A private key is among them. Leave it where it belongs, and make a new pair: this one has been shown.
problem-jwks-many = At most { $max } keys, please.
problem-jwks-unusable = None of these keys can check a signature: RSA from 2,048 bits, P-256, P-384 or Ed25519, please.
problem-encryption-needs-key = There is no public key for { $alg } among the application's keys.
problem-encryption-needs-secret = The key would be the application's secret, and it has none.
problem-jwks-twice = The keys are given here or at an address, not both.
problem-issuer-space = No spaces, please: it is compared character by character.
problem-request-uris-many = At most { $max } addresses, please.
problem-detail-field = "{ $line }" is no field: write name: kind, where the kind is string, number, boolean, object or list. Then, where you want them, the word required after a comma, and words for people after an equals sign.
problem-detail-entries = At most { $max } entries, please.
problem-detail-type-used = { $application } may ask for authorization details of the type { $name }, which would be gone.
problem-too-many-initial-tokens = { $max ->
    [one] One initial access token is in the list already.
   *[other] { $max } initial access tokens are in the list already. Those that have ended leave it after 30 days.
}
problem-too-many-secrets = { $max ->
    [one] One secret is in use already. Remove it first.
   *[other] { $max } secrets are in use already. Remove one first.
}
problem-connection-scope = The scope of the connection's own name goes only with the connection.
problem-rotation-pending = The next key is waiting already. It signs soon.

## Settings

problem-issuer-template = This is not a template for an issuer.

## Signing in

problem-sign-in = The user name or the password is wrong.
problem-user-code = No device waits with this code. Compare it with the one on your device, or let the device show a new code.
problem-console-sign-in = The sign-in to the console was not begun in this browser, or too long ago. Please sign in again.
problem-password-short = { $min ->
    [one] Use at least one character.
   *[other] Use at least { $min } characters.
}
problem-password-blocked = This password is too easy to guess.
problem-password-confirmation = The two passwords differ.
problem-password-wrong = This is not your current password.
problem-last-owner = This is the last owner. Make somebody else one first.
problem-sign-out-request = You stay on this page after signing out: where the application wants to send you could not be verified.

## Secrets of an apply file

problem-secret-short = { $min ->
    [one] A secret has at least one byte.
   *[other] A secret has at least { $min } bytes.
}
problem-until-missing = Say through which day { $name } can be skipped.
problem-until-date = { $value } is not a day of the calendar. Write it as 2027-01-31.
problem-until-unused = A day belongs to { $name } only while it can be skipped.
problem-secret-unset = The environment variable { $name } is not set.
problem-secret-file = The file { $path } cannot be read.
problem-secret-public = An application of this type keeps no secret.
problem-undone-already = This change is undone already. Somebody may have been faster.
problem-undo-impossible = This change cannot be undone any more.
problem-restored-already = It is exactly like this already.
