# The console: what becomes of objects in time, and what is known of users and their sign-ins.

## Applications

application-duplicate = Duplicate
application-duplicate-title = Duplicate "{ $name }"
application-duplicate-text = The new application gets every setting of this one, its addresses included, and no secret of it. One that keeps secrets gets a first of its own.
application-copy-name = { $name } (copy)

## Secrets

secret-live = In use
secret-ends-soon = Ends soon
secret-expired = Expired
secret-never-used = Never used
secret-no-end = Does not expire
secret-expires-in = Expires after
secret-expires-in-help = From then on it is refused.
secret-rotate = Rotate with overlap
secret-rotate-text = A new secret is made, and those in use end after the overlap. Change over in the meantime. Secrets that expire sooner still do.
secret-overlap = Overlap
secret-overlap-help = How long the old secrets are still accepted.
secret-overlap-none = None: they end now
secret-rotated = A new secret was created. The old ones end after the overlap.
secret-remove-expired-text = It has expired and is refused already. Nothing changes but this list.
secret-remove-last-text = This is the last secret that is accepted. Without it nothing can authenticate here until there is a new one.

## Keys

keys-note = Identity tokens and JWT access tokens are signed, and depend on a published key until they expire. Reference tokens and refresh tokens are not, and go on whatever happens to keys.
key-last-token = Last token ends
key-no-end = No end yet
keys-rehearsal-published = The next key is published
keys-rehearsal-signs = The next key signs, the present one no more
keys-rehearsal-last-token = The last token of the present key ends
keys-rehearsal-gone = The present key leaves the JWKS
keys-rehearsal-depends = Until the next key signs, every identity token and JWT access token depends on the present key ({ $kid }…). By today's settings those that live longest, { $count ->
    [one] one minute
   *[other] { $count } minutes
}, are issued to { $name }.
keys-rehearsal-nothing = No application is issued tokens that depend on the present key ({ $kid }…).

## Settings

subscription-password-length = Minimum password length
subscription-password-length-help = In characters, 15 to 64. It counts for passwords that are chosen from now on.
subscription-new-applications = New applications
subscription-new-applications-help = What the form of a new application begins with. Applications that exist stay as they are.
subscription-new-refresh = Refresh tokens

## Preview on other pages

preview-text-object = What an application receives with this form as it stands, saved or not. Made by the same rules that issue tokens; nothing is issued or saved.
preview-application = Application (client ID)
preview-no-application = No application in this subscription has this client ID.

## Users

user-parts = Parts of this user's page
user-details = Details
user-claims-own = Claims of this subscription
user-claims-name = Names
user-claims-contact = Ways to reach them
user-claims-person = About the person
user-consents = Consents
user-consents-title = Consents of { $name }
user-consents-empty-title = No consent yet
user-consents-empty-text = What the user agrees to let applications have appears here, where applications ask.
consent-application = Application
consent-scopes = Scopes
consent-granted-at = Given
consent-withdraw = Withdraw
consent-withdraw-title = Withdraw this consent?
consent-withdraw-text = Everything that { $user } let { $name } have ends now, tokens included. { $name } asks again at the next sign-in.
consent-withdraw-unasked-text = Everything that { $user } let { $name } have ends now, tokens included. { $name } does not ask for consent any more, so the next sign-in gives it access again.
consent-withdrawn = The consent for { $name } was withdrawn.
user-history = History
user-history-title = History of { $name }
user-history-lead = Sign-ins, refusals and edits of this user, newest first. Values of claims are never in it.
user-history-empty = Nothing has happened yet.

## Refused sign-ins

failure-sign-in-title = Why this sign-in failed
failure-sign-in-password = The password for { $user } was wrong. If the user has forgotten it, set a new one.
failure-sign-in-unknown = Nobody in this subscription has the user name that was typed. It may be misspelt, or belong to another subscription.
failure-sign-in-unknown-address = Nobody in this subscription has the e-mail address that was typed. It may be misspelt, or belong to another subscription.
failure-sign-in-disabled = { $user } is disabled and cannot sign in. Enable the user to let them in.
failure-sign-in-no-password = { $user } has no password yet. Set one and give it to the user.
failure-sign-in-blocked = Too many sign-ins of { $user }, or from the same network, had failed shortly before. This one was refused without looking at its password.
failure-sign-in-blocked-unknown = Too many sign-ins under the same name, or from the same network, had failed shortly before. This one was refused without looking at its password.
failure-sign-in-gone = The user that this was about is gone.
failure-since-enabled = The user has been enabled since.
failure-since-disabled = The user is disabled now.
failure-since-password = A password has been set since.
failure-blocked-until = Further attempts are refused until
failure-blocked-why = because too many have failed. Wait until then, or lift the block.
failure-enable-user = Enable the user
failure-to-user = To the user
failure-lift = Lift the block
failure-lift-title = Lift the block?
failure-lift-text = Failed sign-ins of { $user } from { $address }, and those of everybody from the same network, are forgotten and counted anew. Do this only when you know who tried.
failure-lift-address-text = Failed sign-ins from { $address } and its network are forgotten and counted anew. Do this only when you know who tried.
failure-lifted = The block was lifted.

## Audit log

audit-action-rotate-secret = Rotated the secret
audit-action-consent-withdrawn = Withdrew a consent
audit-action-sign-in-by-session = Signed in by an existing session
audit-action-sign-in-blocked = Refused after too many failures
audit-action-sign-in-unblocked = Lifted a block
