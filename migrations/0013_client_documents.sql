-- Applications whose identifier is the address of a document that describes them (OAuth Client ID Metadata Document). They
-- come by themselves as those that register do, and nobody holds a token to manage them with.
ALTER TABLE client_registrations ADD COLUMN is_document BOOLEAN NOT NULL DEFAULT FALSE;
