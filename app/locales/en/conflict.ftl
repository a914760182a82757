# Two people on one object.
conflict-by = { $who } saved this { $ago }, after you had opened it.
conflict-both = { $label }: you both changed it. Choose which one to keep.
conflict-both-together = { $label }: you both changed it. The changes were put together; please look.
conflict-kept = { $label } was changed meanwhile; kept.
conflict-kept-of = { $who } changed { $label } { $ago }; kept.
conflict-elsewhere = What was changed is not on this form.
conflict-start-over = Start over with what is stored now
conflict-question = You both changed this. Keep:
conflict-mine = What the field says
conflict-together = Both together, as the field says
conflict-theirs = What was saved meanwhile:
conflict-only-mine = Only what you had:
ago-now = just now
ago-minutes = { $count ->
    [one] a minute ago
   *[other] { $count } minutes ago
}
ago-hours = { $count ->
    [one] an hour ago
   *[other] { $count } hours ago
}
ago-days = { $count ->
    [one] a day ago
   *[other] { $count } days ago
}
