# The console: what its pages share, and subscriptions.

## Ways

nav-label = Console
nav-menu = Menu
nav-breadcrumbs = Where you are
nav-contents = On this page
nav-sign-out = Sign out
nav-subscriptions = Subscriptions
nav-overview = Overview
nav-applications = Applications
nav-scopes = Scopes
nav-connections = API connections
nav-users = Users
nav-sessions = Sessions
nav-keys = Keys
nav-settings = Settings
nav-audit = Audit log

console-sign-out-text = You will be signed out of the console and of the account you signed in with.
confirm-type = Type "{ $expected }" to confirm
danger-title = Danger
task-back = Back
used-by-title = Used by
saved = Saved.

## Fields that several forms have

field-name = Name
field-display-name = Display name
field-description = Description
field-immutable = This cannot be changed any more.
field-made-from-name = Left empty, it is made from the name.

duration-days = { $count ->
    [one] 1 day
   *[other] { $count } days
}
duration-hours = { $count ->
    [one] 1 hour
   *[other] { $count } hours
}
duration-minutes = { $count ->
    [one] 1 minute
   *[other] { $count } minutes
}
duration-and-help = { $duration }. { $help }

section-general = General
section-claim-rules = Length and uniqueness
section-addresses = Addresses
section-sign-in = Sign-in
section-tokens = Tokens
section-claim-pages = Registration and account page
section-destinations = Which tokens hold it
section-destinations-help = An application gets a claim when it requests an identity scope that holds it, always from UserInfo, and in the tokens that are ticked here.

## First administrator

setup-title = Welcome to Tessera
setup-text = You are the first administrator. Choose how you will sign in.
setup-submit = Create administrator
setup-done = You are an administrator now.

## Subscriptions

subscriptions-title = Subscriptions
subscriptions-lead = Each has its own issuer, keys, users and applications. Nothing of one can be seen from another.
subscriptions-new = New subscription
subscriptions-search = Search subscriptions
subscriptions-empty-title = No subscription yet
subscriptions-empty-text = A subscription is where users and applications of one organisation or product live, with an issuer of their own. Make the first one to begin.

subscription-slug = Slug
subscription-slug-help = It cannot be changed later. Part of the issuer ({ $issuer }). Lower-case letters, digits and hyphens.
subscription-name-help = Shown to people when they sign in.
subscription-preset = Scope preset
subscription-preset-help = The identity scopes that the subscription begins with. All of them can be changed later.
subscription-preset-more = Which scopes it begins with
subscription-registration = People may create accounts
subscription-registration-help = Off: administrators create all users.
subscription-session-management = Applications may watch the session in the browser
subscription-session-management-help = For older single-page applications that use check_session_iframe. In browsers that block third-party cookies it does not work.
subscription-session-idle = Sign out after inactivity of
subscription-session-idle-help = In seconds, at least 60. People who do nothing for so long have to sign in again.
subscription-session-absolute = Sign out at the latest after
subscription-session-absolute-help = In seconds, at least 60. However active people are, they have to sign in again then.
subscription-last-sign-in = Last sign-in
subscription-created = { $name } is ready.
subscription-is-disabled = This subscription is out of use: nobody can sign in, and no token of it is accepted.
subscription-disable-title = Disable "{ $name }"?
subscription-disable-help = Disabling takes the subscription out of use at once: nobody can sign in, and everything that was issued in it ends. Its configuration and users stay.
subscription-disabled = { $name } is out of use.
subscription-enable-title = Enable "{ $name }"?
subscription-enable-help = Enabling puts the subscription back into use. Applications and users have to sign in again.
subscription-enabled = { $name } is in use again.
subscription-delete = Delete subscription
subscription-delete-title = Delete "{ $name }"?
subscription-delete-text = Everything in it goes with it: { $applications ->
    [one] one application
   *[other] { $applications } applications
}, { $count ->
    [one] one user
   *[other] { $users } users
}, scopes, keys, sessions. This cannot be undone.
subscription-deleted = { $name } was deleted.

preset-standard = OpenID Connect
preset-standard-text = openid, profile, email, phone and address, as the standard has them.
preset-grantid = Grantid
preset-grantid-text = For applications that come from Grantid: profile holds name, e-mail address and phone number.
preset-next = Next Identity
preset-next-text = For applications that come from Next Identity.

## Overview

overview-addresses = Addresses
overview-endpoints = All endpoints
overview-details = Details
first-steps-title = First steps
first-steps-done = Done
first-steps-claims = What applications should know (optional)
first-steps-claims-text = A claim is a fact about users, such as the number of a library card. Put it into an identity scope: by that name applications ask for it.
first-steps-api = Your API and its scopes (optional)
first-steps-api-text = For an API of yours that is called with access tokens.
first-steps-application = It gets a client ID, and its settings page shows code to begin with.
first-steps-user = Somebody to try it with. People can also create an account when they sign in, where that is allowed.
first-steps-try-it-out = Run a real sign-in to your application as that user, and read every request, answer and token of it.
first-steps-try-elsewhere = The page of an application has a playground, which runs a real sign-in to it. The application has to be in use.
first-steps-try-later = With an application and a user you can run a real sign-in from here.
endpoint-issuer = Issuer
endpoint-discovery = Discovery document
endpoint-jwks = Public keys (JWKS)
endpoint-authorize = Authorization endpoint
endpoint-token = Token endpoint
endpoint-device-authorization = Device authorization endpoint
endpoint-backchannel-authentication = Backchannel authentication endpoint
endpoint-userinfo = UserInfo endpoint
endpoint-introspect = Introspection endpoint
endpoint-revocation = Revocation endpoint
endpoint-endsession = End session endpoint
endpoint-account = Account page
endpoint-device = Page for the codes of devices
endpoint-requests = Page for sign-ins that applications ask for

## Keys

keys-lead = Tokens are signed with these. The next key is published before it signs, the last one stays until its tokens have expired.
keys-rotate = Rotate key
keys-rotate-title = Make the next signing key for { $alg }?
keys-rotate-text = The next key is published at once and signs in an hour, so that every API has it by then. The present key stays published until the last token signed with it has expired.
keys-rotated = The next key is published and signs in an hour.
key-id = Key
key-published = Published
key-signs-from = Signs from
key-gone = Published until
key-gone-open = No end yet
key-state-next = Next
key-state-signing = Signing
key-state-retired = Retired

## Sessions

sessions-lead = Who is signed in to this subscription, newest first.
sessions-empty-title = Nobody is signed in
sessions-empty-text = Sessions appear here as soon as somebody signs in.

## Audit log

audit-lead = Every sign-in, refusal and change, newest first. Values of claims and secrets are never in it.
audit-empty = Nothing has happened yet.
audit-at = When
audit-actor = Who
audit-what = What
audit-detail = Details
audit-explain = What went wrong?

failure-title = What went wrong
failure-unregistered = The application { $client } asked to send people back to an address that is not registered for it. Registered addresses are compared character by character.
failure-registered-since = The application { $client } asked to send people back to an address that was not registered for it. It is registered now.
failure-application-gone = The application { $client } asked to send people back to an address that was not registered for it. The application is gone meanwhile.
failure-missing-redirect-uri = The application { $client } did not say where to send people back to: the parameter redirect_uri is missing.
failure-unknown-client = No application here has the client ID { $client }. Check the client ID and the subscription in the application's configuration.
failure-disabled-application = The application { $client } is out of use. Enable it to let people sign in.
failure-pushed-request = The browser brought the name of a pushed request of { $client } that is unknown, was used before, or is too old. Each counts once, for a minute and a half.
failure-request-object = The signed request of { $client } cannot be used: { $reason }.
failure-malformed = The request could not be read at all.
failure-invalid-client = The application { $client } did not prove who it is. Check its client ID and secret, and how it sends them.
failure-invalid-grant = The application { $client } used a code or a refresh token that is not good any more, or not with this request.
failure-invalid-scope = The application { $client } asked only for scopes that it may not have. Allow them in its settings.
failure-unauthorized-client = The application { $client } may not use this grant. Allow it in its settings.
failure-other = The request of { $client } was refused: { $reason }.
failure-received = Received
failure-expected = Registered
failure-reference = Reference
failure-told = In the words of the protocol
failure-error = Error
failure-application = Application
failure-registered = Redirect URIs registered now
failure-address = Came from
failure-to-application = Application settings
failure-allow = Register this address
failure-allow-title = Register this address?
failure-allow-text = { $name } will be able to send people, and the codes of their sign-ins, to { $uri }. Do this only when you know whose it is.
failure-allowed = { $uri } is registered now.

audit-action-create = Created
audit-action-update = Changed
audit-action-disable = Disabled
audit-action-enable = Enabled
audit-action-delete = Deleted
audit-action-new-secret = New secret
audit-action-remove-secret = Removed a secret
audit-action-rotate = Rotated the key
audit-action-authorization-refused = Sign-in refused
audit-action-administrator-reset = Let an administrator back in
audit-action-owner-created = Created an owner
audit-action-claims-given = Gave required claims
audit-action-consent-given = Gave consent
audit-action-consent-refused = Refused consent
audit-action-device-connected = Connected a device
audit-action-device-denied = Did not connect a device
audit-action-sign-in-asked = Application asked for a sign-in
audit-action-sign-in-allowed = Allowed a sign-in that an application asked for
audit-action-sign-in-denied = Did not allow a sign-in that an application asked for
audit-action-password-changed = Changed the password
audit-action-password-set = Set a password
audit-action-playground-run = Ran the playground
audit-action-profile-changed = Changed their details
audit-action-registered = Created an account
audit-action-logout-undelivered = Application not told of a session's end
audit-action-keys-unfetched = Public keys not fetched
audit-action-request-unfetched = Application's signed request not fetched
audit-action-session-ended = Ended a session
audit-action-sign-in = Signed in
audit-action-sign-in-failed = Failed to sign in
audit-action-sign-out = Signed out
audit-action-token-refused = Token refused
audit-action-device-authorization-refused = Device code refused
audit-action-backchannel-authentication-refused = Request for a sign-in refused
audit-action-introspection-refused = Introspection refused
audit-action-revocation-refused = Revocation refused
audit-action-application-registered = Application registered itself
audit-action-user-impersonated = Application took a user's place
audit-action-registration-refused = Registration of an application refused
audit-action-client-document-refused = Document of an application refused
audit-action-initial-access-token-created = Initial access token made
audit-action-initial-access-token-revoked = Initial access token revoked
audit-by-initial-token = by the initial access token { $name }
audit-action-user-changed = Changed a user
audit-action-user-created = Created a user
audit-action-user-deleted = Deleted a user
audit-action-user-disabled = Disabled a user
audit-action-user-enabled = Enabled a user

object-subscription = Subscription
object-claim = Claim
object-identity-scope = Identity scope
object-api-connection = API connection
object-api-scope = API scope
object-application = Application
object-signing-key = Signing key
object-user = User
