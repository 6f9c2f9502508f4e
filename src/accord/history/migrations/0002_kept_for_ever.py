"""What was written of a change stays: names of a request are kept once and never rewritten, events never change."""

from django.db import migrations

from accord.kernel.migrating import SwiftMigration

ATTACH = """
CREATE OR REPLACE FUNCTION _pgh_attach_context() RETURNS pghistory_context.id%TYPE AS $$
DECLARE
    told text := nullif(current_setting('pghistory.context_metadata', true), '');
    about jsonb;
    kept uuid;
BEGIN
    IF told IS NULL THEN
        about := jsonb_build_object(
            'program', current_setting('application_name'),
            'role', session_user,
            'transaction', pg_current_xact_id()::text
        );
    ELSE
        about := told::jsonb;
    END IF;
    kept := md5(about::text)::uuid;
    IF current_setting('accord.attached', true) IS DISTINCT FROM kept::text THEN
        INSERT INTO pghistory_context (id, metadata, created_at, updated_at)
            VALUES (kept, about, now(), now()) ON CONFLICT (id) DO NOTHING;
        PERFORM set_config('accord.attached', kept::text, true);
    END IF;
    RETURN kept;
END;
$$ LANGUAGE plpgsql
"""
ATTACH_BEFORE = """
CREATE OR REPLACE FUNCTION _pgh_attach_context() RETURNS pghistory_context.id%TYPE AS $$
DECLARE
    _pgh_context_id UUID := nullif(current_setting('pghistory.context_id', true), '');
    _pgh_context_metadata JSONB := nullif(current_setting('pghistory.context_metadata', true), '');
BEGIN
    IF _pgh_context_id IS NULL OR _pgh_context_metadata IS NULL THEN
        RETURN NULL;
    END IF;
    INSERT INTO pghistory_context (id, metadata, created_at, updated_at)
        VALUES (_pgh_context_id, _pgh_context_metadata, now(), now())
        ON CONFLICT (id) DO UPDATE SET metadata = EXCLUDED.metadata, updated_at = EXCLUDED.updated_at;
    RETURN _pgh_context_id;
END;
$$ LANGUAGE plpgsql
"""
KEEP = """
CREATE OR REPLACE FUNCTION history_keep() RETURNS trigger AS $$
DECLARE
    redacted bigint := nullif(current_setting('accord.redaction', true), '');
BEGIN
    IF TG_OP = 'TRUNCATE' AND current_database() LIKE 'test\\_%' THEN
        RETURN NULL;
    END IF;
    IF TG_OP = 'UPDATE' AND redacted IS NOT NULL THEN
        PERFORM FROM history_redaction r
            WHERE r.id = redacted AND r."table" = TG_TABLE_NAME AND r.transaction = pg_current_xact_id()::text::bigint
              AND to_jsonb(OLD) @> jsonb_build_object('pgh_id', r.event)
              AND to_jsonb(OLD) - ARRAY(SELECT jsonb_array_elements_text(r.columns))
                = to_jsonb(NEW) - ARRAY(SELECT jsonb_array_elements_text(r.columns));
        IF FOUND THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION 'what % keeps is history: it is neither changed nor deleted', TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END;
$$ LANGUAGE plpgsql
"""


class Migration(SwiftMigration):
    dependencies = [("history", "0001_seals"), ("pghistory", "0007_auto_20250421_0444")]

    operations = [
        migrations.RunSQL(ATTACH, ATTACH_BEFORE),
        migrations.RunSQL(KEEP, "DROP FUNCTION IF EXISTS history_keep() CASCADE"),
    ]
