-- Software that registers itself may bring what its makers or somebody whom the subscription trusts say of it
-- (RFC 7591 section 2.3). Kept as it was sent: it is returned so, and what it says goes on to count.
ALTER TABLE client_registrations ADD COLUMN software_statement TEXT;
