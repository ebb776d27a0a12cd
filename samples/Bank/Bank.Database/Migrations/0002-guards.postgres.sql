-- SQLite says this in the table; here the table of the transfers had to be there first.
ALTER TABLE entries ADD FOREIGN KEY (transfer) REFERENCES transfers (id);

-- Ledger, answers and audit trail are only ever added to.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION '% are never changed or deleted', TG_TABLE_NAME; END $$;

CREATE TRIGGER guard BEFORE UPDATE OR DELETE OR TRUNCATE ON entries EXECUTE FUNCTION refuse_change();
CREATE TRIGGER guard BEFORE UPDATE OR DELETE OR TRUNCATE ON transfers EXECUTE FUNCTION refuse_change();
CREATE TRIGGER guard BEFORE UPDATE OR DELETE OR TRUNCATE ON answers EXECUTE FUNCTION refuse_change();
CREATE TRIGGER guard BEFORE UPDATE OR DELETE OR TRUNCATE ON audit EXECUTE FUNCTION refuse_change();
