ALTER TABLE "webhook_endpoint" ADD COLUMN "language" text DEFAULT 'en' NOT NULL;--> statement-breakpoint
ALTER TABLE "spend_reservation" ADD COLUMN "key_id" text;