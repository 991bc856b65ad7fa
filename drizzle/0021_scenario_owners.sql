ALTER TABLE "forecast_scenario" ADD COLUMN "owner_id" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "forecast_scenario" ADD COLUMN "is_shared" boolean DEFAULT true NOT NULL;