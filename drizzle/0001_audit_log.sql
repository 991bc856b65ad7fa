CREATE TABLE "audit_entry" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "audit_entry_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"at" timestamp (6) with time zone NOT NULL,
	"actor_kind" text NOT NULL,
	"actor_id" text NOT NULL,
	"actor_label" text NOT NULL,
	"action" text NOT NULL,
	"target_kind" text NOT NULL,
	"target_id" text NOT NULL,
	"result" text NOT NULL,
	"before" jsonb,
	"after" jsonb,
	"ip" text,
	"user_agent" text,
	"request_id" text
);
--> statement-breakpoint
CREATE TABLE "audit_seal" (
	"position" bigint PRIMARY KEY NOT NULL,
	"entry_id" bigint NOT NULL,
	"hash" "bytea" NOT NULL,
	CONSTRAINT "audit_seal_entry_id_unique" UNIQUE("entry_id")
);
--> statement-breakpoint
CREATE TABLE "audit_unsealed" (
	"entry_id" bigint PRIMARY KEY NOT NULL
);
--> statement-breakpoint
ALTER TABLE "audit_seal" ADD CONSTRAINT "audit_seal_entry_id_audit_entry_id_fk" FOREIGN KEY ("entry_id") REFERENCES "public"."audit_entry"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "audit_entry_at" ON "audit_entry" USING btree ("at","id");--> statement-breakpoint
CREATE INDEX "audit_entry_target" ON "audit_entry" USING btree ("target_kind","target_id","at");--> statement-breakpoint
CREATE INDEX "audit_entry_actor" ON "audit_entry" USING btree ("actor_id","at");--> statement-breakpoint
-- Append-only, also for the owner of the tables, who could not be refused by a grant.
CREATE FUNCTION audit_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
begin
  raise exception 'the audit log is append-only: % on % is refused', lower(tg_op), tg_table_name
    using errcode = 'insufficient_privilege';
end $$;--> statement-breakpoint
CREATE TRIGGER audit_entry_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON "audit_entry"
  FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse_change();--> statement-breakpoint
CREATE TRIGGER audit_seal_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON "audit_seal"
  FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse_change();--> statement-breakpoint
REVOKE UPDATE, DELETE, TRUNCATE ON "audit_entry", "audit_seal" FROM PUBLIC;--> statement-breakpoint
CREATE FUNCTION audit_await_seal() RETURNS trigger LANGUAGE plpgsql AS $$
begin
  insert into audit_unsealed (entry_id) values (new.id);
  return null;
end $$;--> statement-breakpoint
CREATE TRIGGER audit_entry_await_seal AFTER INSERT ON "audit_entry"
  FOR EACH ROW EXECUTE FUNCTION audit_await_seal();--> statement-breakpoint
-- What a seal covers: every column and the seal before. An array of JSON values
-- is unambiguous, and the instant is spelled in UTC whatever the session's zone.
CREATE FUNCTION audit_hash(previous bytea, entry audit_entry) RETURNS bytea LANGUAGE sql STABLE AS $$
  select sha256(previous || convert_to(jsonb_build_array(
    entry.id, to_char(entry.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
    entry.actor_kind, entry.actor_id, entry.actor_label, entry.action, entry.target_kind,
    entry.target_id, entry.result, entry.before, entry.after, entry.ip, entry.user_agent,
    entry.request_id)::text, 'UTF8'))
$$;--> statement-breakpoint
-- Seals what is committed and not sealed yet, oldest first, and says how many.
-- One sealer at a time; who writes entries never waits for it.
CREATE FUNCTION audit_seal_entries(most integer) RETURNS integer LANGUAGE plpgsql AS $$
declare
  entry audit_entry;
  head_position bigint;
  head_hash bytea;
  sealed integer := 0;
begin
  perform pg_advisory_xact_lock(7302030);
  select position, hash into head_position, head_hash
    from audit_seal order by position desc limit 1;
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
end $$;
