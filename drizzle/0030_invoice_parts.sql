ALTER TABLE "reconciliation" DROP CONSTRAINT "reconciliation_file_unique";--> statement-breakpoint
ALTER TABLE "reconciliation" ADD COLUMN "replaces" uuid[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "reconciliation" ADD COLUMN "added_to" uuid[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "reconciliation" ADD COLUMN "withdrawn_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "reconciliation" ADD COLUMN "withdrawn_by" text;--> statement-breakpoint
ALTER TABLE "reconciliation" ADD COLUMN "withdrawn_note" text;--> statement-breakpoint
CREATE UNIQUE INDEX "reconciliation_file_unique" ON "reconciliation" USING btree ("month","file_hash") WHERE withdrawn_at is null;--> statement-breakpoint
-- Until now a later invoice took the place of those before it.
UPDATE reconciliation r
   SET replaces = array(
     SELECT e.id FROM reconciliation e
      WHERE e.month = r.month AND (e.created_at, e.id) < (r.created_at, r.id)
        AND EXISTS (
          SELECT 1 FROM reconciliation_line a JOIN reconciliation_line b USING (provider)
           WHERE a.reconciliation_id = e.id AND b.reconciliation_id = r.id));
