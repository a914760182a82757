# The console: users by CSV.

users-import = Import users

import-lead = Create many users from a CSV file: up to { $lines } lines at a time, { $passwords } of them with a password.
import-file = CSV file
import-file-help = At most 2 MB, in UTF-8. Cells are separated by commas, semicolons or tabs.
import-content = Or its text
import-content-help = The first line names the columns. What is in the file, passwords included, is shown here after the check, so that you can mend it.
import-check = Check
import-submit = { $count ->
    [one] Import one user
   *[other] Import { $count } users
}
import-done = { $count ->
    [one] One user was imported.
   *[other] { $count } users were imported.
} Left out: { $existing } who exist already, { $wrong } wrong lines.

import-result = What this file would do
import-new = { $count ->
    [0] No user would be created.
    [one] One new user would be created.
   *[other] { $count } new users would be created.
}
import-without-password = { $count ->
    [one] One of them has no password and cannot sign in until they get one.
   *[other] { $count } of them have no password and cannot sign in until they get one.
}
import-existing = { $count ->
    [one] One exists already and is left as they are.
   *[other] { $count } exist already and are left as they are.
}
import-wrong = { $count ->
    [one] One line is wrong and is left out.
   *[other] { $count } lines are wrong and are left out.
}
import-problems = What is wrong
import-line = Line
import-column = Column
import-reason = Reason
import-more = { $count ->
    [one] And one more reason.
   *[other] And { $count } more reasons.
}
import-wrong-lines = The wrong lines, to copy and correct

import-columns-title = Columns
import-columns-text = The first line names the columns, in any order. Every line needs a user name or an e-mail address. Somebody who exists already, by user name or, without one, by address, is left as they are.
import-column-username = Sign-in name, without @
import-column-email = E-mail address
import-column-email-verified = yes or no; empty means no
import-column-password = At least 15 characters; empty for none
import-columns-claims = A claim has a column of its own name. Several values in one cell are separated by |, and dates look like 2026-11-22.

audit-action-users-imported = Imported users

problem-import-large = This is too large: at most { $limit } MB at a time.
problem-import-encoding = This is not text in UTF-8. Save the file as "CSV UTF-8".
problem-import-empty = Choose a file with a first line that names the columns and at least one more line.
problem-import-unreadable = This cannot be read as CSV.
problem-import-columns = There is neither a column username nor a column email.
problem-import-column-unknown = There is no column { $name }. The columns that can be used are listed below.
problem-import-column-repeated = The column { $name } is there more than once.
problem-import-lines = At most { $max } lines at a time, please.
problem-import-passwords = At most { $max } lines with a password at a time, please: each takes a moment.
problem-import-cells = The line has { $count ->
    [one] one cell
   *[other] { $count } cells
}, the first line { $expected }.
problem-import-repeated = Line { $line } has the same.
problem-import-nobody = There is nobody new to import.
problem-import-meanwhile = Somebody changed users or claims meanwhile. Nobody was imported; check the file again.
