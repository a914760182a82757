# Undo, history and the audit log.

undo = Undo
