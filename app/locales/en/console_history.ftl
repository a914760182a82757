# Undo, history and the audit log.

undo = Undo

## One change

change-title = A change
change-lead = Made by { $who }.
change-nothing = It was saved, and nothing in it changed.
history-none = None
difference-from = Was
difference-to = is
difference-removed = Removed
difference-added = Added

## Taking it back

undo-title = Undo this change?
undo-rest = Undo the rest
undo-undone = This change is undone.
undo-undone-by = See what undid it
undo-permanent = This change cannot be undone: a signing key that was published cannot be called back, secrets that were given an end have no other that is known, and the beginning or the end of a whole subscription is not undone but done anew.
undo-missing = This change cannot be undone: something that it changed was deleted since. Restore that first.
undo-not-kept = This change cannot be undone: the log does not hold what was there before.
undo-nothing = There is nothing to undo: everything is as it was before this change.
undo-conflicts = Somebody changed these since. They stay as they are: on the left what this change made of them, on the right what they are now.
undo-step-delete = It was made by this change, and is deleted, with everything in it and every edit since.
undo-step-revive = It was deleted by this change, and comes back as it was.
undo-step-change = These become what they were before:
undo-step-missing = It was deleted since.
undo-step-not-kept = What it was before is not in the log.
undo-step-secrets = Its secrets become what they were before:
undo-step-nothing = It is as it was before this change already.
undo-secrets-refused = { $count ->
    [one] One secret is refused from then on.
   *[other] { $count } secrets are refused from then on.
}
undo-secrets-back = { $count ->
    [one] One removed secret is accepted again.
   *[other] { $count } removed secrets are accepted again.
}
undo-lost-claim = The values that users held do not come back.
undo-lost-application = Consent, sign-ins and tokens of its users do not come back.
change-undone = The change is undone.

## Restoring one object

restore = Restore
restore-title = Restore "{ $name }"?
restore-text = It becomes what it was then. Every change made to these since is replaced:
restore-gone = It is deleted now, and comes back under the same name as it was then:
restore-same = It is exactly like this now. There is nothing to restore.
restore-before = Restore what was before
restore-after = Restore this version
restored = { $name } is what it was.

audit-action-restore = Restored
audit-action-restore-secret = Accepted a secret again

## Time travel

history = History
history-title = History
history-lead = The whole configuration as it was at any moment. Users are no part of it.
history-at = As of (UTC)
history-show = Show
history-guidance = Choose a moment to see every object as it was then, and which of them have changed since.
history-unborn = The subscription did not exist then.
history-as-of = As of { $moment }
history-gone = deleted since
history-changed = changed since
history-restore = Restore as it was then
history-file = As a file for tessera apply
history-file-help = Secrets are never in it. Applying it makes what it lists what it was; what was added since stays unless you prune.
history-objects = Object by object
history-claims = Claims

## The audit log

audit-search = Search
audit-search-help = Finds names that begin with it (the first hundred), somebody of exactly that name, or the reference of a failure page.
audit-filter = Filter the audit log
audit-kind = Kind
audit-any = Any
audit-from = From (day, UTC)
audit-until = Until (day, UTC)
audit-show = Show
audit-only-object = Only what happened to one object is shown.
audit-only-who = Only what { $who } did is shown.
audit-change = See the change
audit-download = Download what is shown (the newest { $max } lines at most)
audit-download-csv = as CSV
audit-download-json = as JSON
audit-export-more = There are older lines: a file holds { $max } at most. Choose fewer days to get them.
audit-by-password = with a password
audit-by = by { $method }
audit-from-address = from { $address }
audit-with-claims = claims: { $claims }
audit-with-scopes = scopes: { $scopes }
audit-with-details = in detail: { $types }
audit-end-others = and ended all other sessions
audit-for-client = for { $client }
audit-to-uri = to { $uri }
audit-towards = towards { $name }
audit-by-issuer = according to { $name }
audit-because = because: { $reason }
audit-to-administrator = to { $name }
audit-in-place = in { $slug }
audit-reason-wrong-password = wrong password
audit-reason-unknown-user = no such user
audit-reason-disabled-user = the user is disabled
audit-reason-no-password = the user has no password
audit-reason-blocked = too many failures
audit-typed-email = an e-mail address was typed
audit-typed-username = a user name was typed
