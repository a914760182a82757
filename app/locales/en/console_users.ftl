# The console: users.

users-lead = People who sign in to the applications of this subscription.
users-new = New user
users-search = Search users
users-empty-title = No user yet
users-empty-text = Users create their own accounts on the way to an application where that is allowed, or you create them here.
user-names-help = User name or e-mail address: one of them is needed to sign in.

user-username = User name
user-username-help = Can be used to sign in. It has no @.
user-email = E-mail address
user-email-help = Can be used to sign in.
user-email-verified = The e-mail address is verified
user-email-verified-help = Tick it only when you know that the address is theirs. Changing the address clears it.
user-password = Password
user-password-new-help = At least { $min } characters. Without one the user cannot sign in yet.
user-has-password = Has a password
user-sub = Identifier (sub)
user-created = The user was created.
user-saved = The user was saved.
user-set-password = Set password
user-set-password-title = Set the password of { $name }
user-set-password-help = At least { $min } characters. Give it to the user in a way that nobody else can read; they can change it on their account page.
user-set-password-text = The user's sessions end, and access that applications were given ends with them.
user-password-set = The password was set.
user-disable-title = Disable { $name }?
user-disable-help = A disabled user cannot sign in; sessions and tokens end at once. What is known of the user stays.
user-disabled = { $name } is disabled.
user-enable-title = Enable { $name }?
user-enable-help = The user can sign in again.
user-enabled = { $name } is enabled.
user-delete = Delete user
user-delete-title = Delete { $name }?
user-delete-text = All that is held about the user goes, sessions and tokens included. This cannot be undone.
user-deleted = { $name } was deleted.

user-sessions-title = Sessions of { $name }
user-sessions-empty-title = Not signed in anywhere
