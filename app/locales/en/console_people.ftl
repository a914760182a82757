# The console: administrators, health, about, and what an overview shows.

nav-administrators = Administrators
nav-health = Health
nav-about = About

## Roles

role-viewer = Viewer
role-viewer-text = Looks at everything, changes nothing.
role-editor = Editor
role-editor-text = Changes configuration and users.
role-owner = Owner
role-owner-text = Does everything, and decides who the administrators are.
role-none = No role
role-at = { $role }: { $place }
place-installation = The whole installation
place-installation-text = Every subscription, those to come included.
place-subscription = One subscription
place-subscription-text = Other subscriptions cannot be seen.
and-more = and { $count } more

## Administrators

administrators-lead = The people who may use this console. You see the roles that you may give and take.
administrators-of-lead = The people who have a role on { $name }. Those of the whole installation may do the same here and are not listed.
administrators-all = All administrators
administrators-search = Search administrators
administrators-empty-title = Nobody here yet
administrators-empty-text = Invite the people who help you to look after this. Each gets a role: viewers look, editors change, owners decide.
administrators-invite = Invite an administrator
administrators-invite-lead = You get a link to send to them yourself: no mail is sent from here yet.
administrators-invite-submit = Invite
administrator-email-help = They sign in with it. For somebody who is an administrator already, the role is added.
administrator-place = Where the role counts
administrator-subscription = Subscription
administrator-slug-help = Type its slug: there are too many to list here.
administrator-role = Role
administrator-roles = Roles
administrator-roles-help = A role counts in its place. A role on the whole installation counts everywhere.
administrator-add-place = Add a subscription
administrator-add-role = Role there
administrator-link = Link to choose a password
administrator-link-until = The link works until
administrator-invited = { $name } is invited. Send them the link below yourself: no mail is sent from here. It works once, within 72 hours.
administrator-added = { $name } has the role now. They sign in as they always do.
administrator-above = This administrator has a role on the whole installation. Only its owners can change that.
administrator-make-link = Make the link
administrator-new-link = New password link
administrator-new-link-title = Make a password link for { $name }?
administrator-new-link-text = With it they choose a new password. It works once, within 72 hours, and takes the place of an earlier one. When it is used, all their sessions end. You see it once and send it yourself: no mail is sent from here.
administrator-new-invitation = New invitation link
administrator-new-invitation-title = Make a new invitation link for { $name }?
administrator-new-invitation-text = It works once, within 72 hours. The earlier one stops working now. You see it once and send it yourself: no mail is sent from here.
administrator-link-made = The link for { $name } is below. Send it to them in a way that nobody else can read. It works once, within 72 hours.
administrator-withdraw = Withdraw link
administrator-withdraw-title = Withdraw the link of { $name }?
administrator-withdraw-text = It stops working now. Their roles stay, and you can make another link at any time.
administrator-withdrawn = The link of { $name } does not work any more.
administrator-remove = Remove administrator
administrator-remove-help = Removing takes away every role that you manage. Somebody with none left is deleted, and their sessions end at once.
administrator-remove-title = Remove { $name }?
administrator-remove-text = Every role of theirs that you manage goes. If none is left, they are deleted as an administrator and signed out everywhere. What they did stays in the audit log.
administrator-remove-self-text = These are your own roles. Every one that you manage goes; if none is left, you are signed out and cannot come back by yourself.
administrator-removed = { $name } was removed.

state-invited = Invited
state-no-password = No password yet

problem-administrator-there = This address belongs to somebody who has a role there already.
problem-no-role-left = This would leave no role at all. To end it, remove the administrator.

audit-action-role-given = Gave a role
audit-action-role-taken = Took a role away
audit-action-invitation-made = Made a password link
audit-action-invitation-withdrawn = Withdrew a password link
audit-action-invitation-used = Chose a password by link
audit-action-administrator-removed = Removed an administrator

## Links that work once

link-to-console = To the console
invitation-title = You are invited
invitation-again = Choose a new password
invitation-by = { $name } invites you to the console of Tessera. Choose a password, and these roles are yours:
invitation-again-by = { $name } made this link so that you can choose a new password. You are signed out everywhere when you do. Your roles:
invitation-by-nobody = Choose a password to sign in with. Your roles:
invitation-login = You sign in as
invitation-submit = Set password
invitation-done = Your password is set.
invitation-gone = This link does not work any more
invitation-gone-text = Such a link works once, and for three days at most; a newer one takes its place. If you have chosen your password, sign in. If not, ask the person who sent it to you for another.
setup-gone = This set-up link does not work any more
setup-gone-text = It works for 24 hours. Start the server again: it prints a new one until the first administrator is made.
setup-gone-owned = The first administrator exists already, so it has done its work. If that is you, sign in. If not, ask them to invite you.

## Health

health-lead = How this installation is at this moment, as the server that answers you sees it.
health-again = Look again
health-good = Good
health-bad = Look at this
health-database = Database
health-engine = Engine
health-round-trip = Answers in
health-milliseconds = { $number } ms
health-slow = Every page and every token waits for the database several times. Bring it nearer to the server, or find out what keeps it busy.
health-schema = Schema version
health-schema-newer = A newer release has changed the schema. This one goes on working; update this server, too.
health-schema-older = The schema is older than this release expects. Start the server again: it brings the schema up to date.
health-size = Size
health-megabytes = { $number } MB
health-server = Server
health-public-url = Public URL
health-issuer = Issuers
health-configuration = Configuration last confirmed
health-ago = { $count ->
    [one] 1 second ago
   *[other] { $count } seconds ago
}
health-not-yet = Not yet since the start
health-cleaning = Last cleaning
health-cleaning-late = Expired rows are removed every minute. This is overdue: the log of the server says why.
health-folder = Data folder
health-folder-writable = Can be written
health-folder-not-writable = Cannot be written
health-folder-mend = Give the server's user the right to write there, or make room on the disk.
health-keys = Signing keys
health-keys-good = No key is near its end.

## About

about-title = About Tessera
about-program = Program
about-text = An OpenID Connect provider with a management console. Tessera is Latin: the token that proved who you were.
about-version = Version
about-licence = Licence
about-licence-text = MIT or Apache-2.0, at your option.
about-bundled = What it is made of
about-bundled-text = The program contains open-source libraries, all under licences that let you use and pass it on: MIT, Apache-2.0, BSD, ISC, Zlib, MPL-2.0, Unicode-3.0, BSL-1.0, CC0-1.0, CDLA-Permissive-2.0 and OpenSSL. Icons are Lucide's (ISC), the style sheet is made with Tailwind CSS and daisyUI (MIT), and SQLite is in the public domain.
about-bundled-link = Read these licences
about-documents = Documentation
about-documents-text = It comes with the source, in the folder docs. The command tessera --help lists commands and settings.
about-administration = What there is in this console, and what each setting does.
about-integrating = An application and an API, step by step.
about-migrating = Coming from Grantid, Code 100 ID, Connect or Next Identity.
about-operations = Settings, commands, PostgreSQL, backup, several servers.
about-security = What is held against attackers, with the tests that hold it.
about-architecture = How the source is laid out.

## What happens in a subscription

activity-day = Last 24 hours
activity-month = Last 30 days
activity-sign-ins = Sign-ins
activity-tokens = Tokens issued to applications
activity-failures = Failures
activity-hour-starts = Hour from
activity-day-starts = Day (UTC)
activity-chart = { $name }: { $span }
activity-bar = { $at }: { $count }
activity-none = None.
activity-most = { $count } in all, at most { $most }: { $at }.
activity-figures = Figures

attention-title = What needs attention
attention-nothing = Nothing needs your attention. All is well.
attention-more = There is more of this kind. What you mend here makes room for it.
attention-key-ends = No { $alg } key signs after
attention-key-old = The { $alg } key has signed for a year. Rotate it. In use since
attention-failures = { $count ->
    [one] One sign-in or request failed in the last 24 hours.
   *[other] { $count } sign-ins or requests failed in the last 24 hours.
}
attention-secret-ends = A secret of { $name } ends
attention-secret-unused = A secret of { $name } was never used since
attention-application-unused = { $name } has never got a token since
attention-to-keys = Keys
attention-to-audit = Audit log
attention-to-settings = Settings
