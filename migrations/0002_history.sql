-- Undo and time travel: which revisions belong together, and what a deleted row needs to come back.

-- The change (one transaction) that a revision is part of. NULL: a change of its own, named by the revision's id.
ALTER TABLE revisions ADD COLUMN change_id TEXT {bytes};
-- What the specification does not say: creation, version, position, connection. NULL: not kept.
ALTER TABLE revisions ADD COLUMN facts TEXT;
CREATE INDEX revisions_by_change ON revisions (change_id);

-- The audit log's filters. Each ends with the id, which is the order of pages.
CREATE INDEX revisions_by_type ON revisions (subscription_id, object_type, id);
CREATE INDEX revisions_by_action ON revisions (subscription_id, action, id);
CREATE INDEX revisions_by_actor ON revisions (subscription_id, actor, id);
CREATE INDEX revisions_by_name ON revisions (subscription_id, object_name {bytes}, object_id);
CREATE INDEX events_by_kind ON events (subscription_id, kind, id);
CREATE INDEX events_by_actor ON events (subscription_id, actor, id);
CREATE INDEX events_by_application ON events (application_id, id) WHERE application_id IS NOT NULL;

-- Secrets that were removed, or went with their owner, for as long as the audit log is kept: undo puts them back.
-- No foreign keys to the owners, which may be gone.
CREATE TABLE removed_secrets (
    id TEXT {bytes} PRIMARY KEY,
    subscription_id TEXT {bytes} NOT NULL REFERENCES subscriptions (id) ON DELETE CASCADE,
    application_id TEXT {bytes},
    api_connection_id TEXT {bytes},
    hash TEXT {bytes} NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT,
    last_used_at BIGINT,
    removed_at BIGINT NOT NULL
);
CREATE INDEX removed_secrets_by_owner ON removed_secrets (subscription_id);
CREATE INDEX removed_secrets_by_age ON removed_secrets (removed_at);

-- Changes that are undone at present, by which other change. The row is what two undoers race for.
CREATE TABLE undone_changes (
    change_id TEXT {bytes} NOT NULL,
    subscription_id TEXT {bytes} NOT NULL REFERENCES subscriptions (id) ON DELETE CASCADE,
    undone_by TEXT {bytes} NOT NULL,
    PRIMARY KEY (change_id, subscription_id)
);
CREATE INDEX undone_changes_by_undoing ON undone_changes (undone_by);
