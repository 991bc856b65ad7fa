CREATE TABLE "audit_anchor" (
	"position" bigint PRIMARY KEY NOT NULL,
	"hash" "bytea" NOT NULL,
	"before" timestamp (6) with time zone NOT NULL,
	"cut_at" timestamp (6) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "auth_session" ADD COLUMN "confirmed_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "auth_user" ADD COLUMN "shut_out_by" text;--> statement-breakpoint
ALTER TABLE "access_key" ADD COLUMN "issued_to" text;--> statement-breakpoint
ALTER TABLE "organization" ADD COLUMN "second_factor_for" text DEFAULT 'nobody' NOT NULL;--> statement-breakpoint
ALTER TABLE "organization" ADD COLUMN "audit_retention_days" integer;--> statement-breakpoint
ALTER TABLE "organization" ADD CONSTRAINT "organization_audit_retention" CHECK ("organization"."audit_retention_days" between 90 and 36500);--> statement-breakpoint
-- Who shut somebody out is in the audit log: the directory comes with a key, an admin never does.
UPDATE "auth_user" AS u SET "shut_out_by" = CASE WHEN (
    SELECT e."actor_kind" FROM "audit_entry" AS e
     WHERE e."action" = 'person.shut_out' AND e."target_kind" = 'person' AND e."target_id" = u."id"
     ORDER BY e."id" DESC LIMIT 1
  ) = 'key' THEN 'directory' ELSE 'admin' END
 WHERE u."deactivated_at" IS NOT NULL;--> statement-breakpoint
-- Entries are still never changed; they are removed only from the old end of
-- the chain, after the retention, with the hash from which the rest goes on.
DROP TRIGGER audit_entry_append_only ON "audit_entry";--> statement-breakpoint
DROP TRIGGER audit_seal_append_only ON "audit_seal";--> statement-breakpoint
CREATE TRIGGER audit_entry_append_only BEFORE UPDATE OR TRUNCATE ON "audit_entry"
  FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse_change();--> statement-breakpoint
CREATE TRIGGER audit_seal_append_only BEFORE UPDATE OR TRUNCATE ON "audit_seal"
  FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse_change();--> statement-breakpoint
CREATE TRIGGER audit_anchor_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON "audit_anchor"
  FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse_change();--> statement-breakpoint
REVOKE UPDATE, DELETE, TRUNCATE ON "audit_anchor" FROM PUBLIC;--> statement-breakpoint
CREATE FUNCTION audit_refuse_removal() RETURNS trigger LANGUAGE plpgsql AS $$
begin
  if tg_table_name = 'audit_seal' then
    if old.position <= (select max(position) from audit_anchor) then return old; end if;
  elsif old.at < (select max(before) from audit_anchor)
    and not exists (select from audit_seal where entry_id = old.id)
    and not exists (select from audit_unsealed where entry_id = old.id) then return old;
  end if;
  raise exception 'the audit log is append-only: delete on % is refused', tg_table_name
    using errcode = 'insufficient_privilege';
end $$;--> statement-breakpoint
CREATE TRIGGER audit_entry_keep BEFORE DELETE ON "audit_entry"
  FOR EACH ROW EXECUTE FUNCTION audit_refuse_removal();--> statement-breakpoint
CREATE TRIGGER audit_seal_keep BEFORE DELETE ON "audit_seal"
  FOR EACH ROW EXECUTE FUNCTION audit_refuse_removal();--> statement-breakpoint
CREATE FUNCTION audit_check_anchor() RETURNS trigger LANGUAGE plpgsql AS $$
begin
  new.cut_at := clock_timestamp();
  if new.before <= now() - make_interval(days => (select audit_retention_days from organization))
    and exists (select from audit_seal where position = new.position and hash = new.hash)
    and not exists (select from audit_seal as s join audit_entry as e on e.id = s.entry_id
                     where s.position <= new.position and e.at >= new.before) then return new;
  end if;
  raise exception 'the audit log is append-only: these entries are to be kept'
    using errcode = 'insufficient_privilege';
end $$;--> statement-breakpoint
CREATE TRIGGER audit_anchor_is_due BEFORE INSERT ON "audit_anchor"
  FOR EACH ROW EXECUTE FUNCTION audit_check_anchor();--> statement-breakpoint
-- Removes what is older than the retention, from the chain's old end up to the
-- first entry that is not, `most` at once. Returns null where nothing is due.
CREATE FUNCTION audit_cut(most integer) RETURNS audit_anchor LANGUAGE plpgsql AS $$
declare
  due_before timestamptz := now() -
    make_interval(days => (select audit_retention_days from organization));
  cut audit_anchor;
  last_due bigint;
  entries bigint[];
begin
  if due_before is null then return null; end if;
  perform pg_advisory_xact_lock(7302030);
  select coalesce((select min(s.position) - 1 from audit_entry as e
                     join audit_seal as s on s.entry_id = e.id where e.at >= due_before),
                  max(position)),
         min(position) + most - 1
    into last_due, cut.position from audit_seal;
  cut.position := least(cut.position, last_due);
  select hash into cut.hash from audit_seal where position = cut.position;
  if not found then return null; end if;
  insert into audit_anchor (position, hash, before, cut_at)
    values (cut.position, cut.hash, due_before, now()) returning * into cut;
  select array_agg(entry_id) into entries from audit_seal where position <= cut.position;
  delete from audit_seal where position <= cut.position;
  delete from audit_entry where id = any (entries);
  return cut;
end $$;--> statement-breakpoint
-- As before, but the chain goes on from the anchor where every seal was removed.
CREATE OR REPLACE FUNCTION audit_seal_entries(most integer) RETURNS integer LANGUAGE plpgsql AS $$
declare
  entry audit_entry;
  head_position bigint;
  head_hash bytea;
  sealed integer := 0;
begin
  perform pg_advisory_xact_lock(7302030);
  select position, hash into head_position, head_hash
    from (select position, hash from audit_seal union all select position, hash from audit_anchor)
   order by position desc limit 1;
  head_position := coalesce(head_position, 0);
  head_hash := coalesce(head_hash, sha256('outlay audit log'));
  for entry in
    select e.* from audit_unsealed as u join audit_entry as e on e.id = u.entry_id
     order by e.id limit most
  loop
    head_position := head_position + 1;
    head_hash := audit_hash(head_hash, entry);
    insert into audit_seal (position, entry_id, hash) values (head_position, entry.id, head_hash);
    delete from audit_unsealed where entry_id = entry.id;
    sealed := sealed + 1;
  end loop;
  return sealed;
end $$;--> statement-breakpoint
-- Whoever holds a stream open is told at once that somebody's access has
-- changed, whatever changed it: `user ID`, `key ID`, or nothing for everybody.
CREATE FUNCTION access_changed() RETURNS trigger LANGUAGE plpgsql AS $$
declare
  subject jsonb;
begin
  if tg_nargs = 0 then
    perform pg_notify('outlay_access', '');
    return null;
  end if;
  if tg_op = 'DELETE' then subject := to_jsonb(old); else subject := to_jsonb(new); end if;
  perform pg_notify('outlay_access', tg_argv[0] || ' ' || (subject ->> tg_argv[1]));
  return null;
end $$;--> statement-breakpoint
CREATE TRIGGER auth_session_access AFTER DELETE ON "auth_session"
  FOR EACH ROW EXECUTE FUNCTION access_changed('user', 'user_id');--> statement-breakpoint
CREATE TRIGGER auth_user_access AFTER UPDATE OF "role", "deactivated_at", "two_factor_enabled" ON "auth_user"
  FOR EACH ROW EXECUTE FUNCTION access_changed('user', 'id');--> statement-breakpoint
CREATE TRIGGER auth_user_team_access AFTER INSERT OR DELETE ON "auth_user_team"
  FOR EACH ROW EXECUTE FUNCTION access_changed('user', 'user_id');--> statement-breakpoint
CREATE TRIGGER access_key_access
  AFTER UPDATE OF "revoked_at", "expires_at", "secret_hash", "role", "team_slug", "scopes" ON "access_key"
  FOR EACH ROW EXECUTE FUNCTION access_changed('key', 'id');--> statement-breakpoint
CREATE TRIGGER team_moved_access AFTER UPDATE OF "parent_slug" ON "team"
  FOR EACH ROW WHEN (old.parent_slug IS DISTINCT FROM new.parent_slug) EXECUTE FUNCTION access_changed();--> statement-breakpoint
CREATE TRIGGER team_added_access AFTER INSERT ON "team"
  FOR EACH ROW WHEN (new.parent_slug IS NOT NULL) EXECUTE FUNCTION access_changed();--> statement-breakpoint
CREATE TRIGGER organization_access AFTER UPDATE OF "second_factor_for" ON "organization"
  FOR EACH ROW EXECUTE FUNCTION access_changed();
