-- A pushed request counts once when it is answered, and not when a browser first brings it: by SHA-256 of the handle, the
-- interaction that was answered, which may send its last step again.
ALTER TABLE pushed_requests ADD COLUMN used_by TEXT {bytes};
