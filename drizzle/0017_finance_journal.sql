CREATE TABLE "late_mark" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "late_mark_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"month" date NOT NULL
);
--> statement-breakpoint
CREATE TABLE "gl_code" (
	"dimension" text NOT NULL,
	"value" text NOT NULL,
	"code" text NOT NULL,
	CONSTRAINT "gl_code_dimension_value_pk" PRIMARY KEY("dimension","value")
);
--> statement-breakpoint
CREATE TABLE "reconciliation" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"month" date NOT NULL,
	"source" text NOT NULL,
	"file_name" text NOT NULL,
	"file_hash" text NOT NULL,
	"passed_over" integer NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"created_by" text NOT NULL,
	"accepted_at" timestamp with time zone,
	"accepted_by" text,
	"accepted_note" text,
	"accepted" jsonb,
	"booking" uuid,
	CONSTRAINT "reconciliation_file_unique" UNIQUE("month","file_hash")
);
--> statement-breakpoint
CREATE TABLE "reconciliation_line" (
	"reconciliation_id" uuid NOT NULL,
	"line" integer NOT NULL,
	"kind" text NOT NULL,
	"provider" text NOT NULL,
	"model" text,
	"day" date,
	"token_class" text,
	"amount" numeric(38, 18) NOT NULL,
	"tokens" bigint,
	"rows" integer NOT NULL,
	CONSTRAINT "reconciliation_line_reconciliation_id_line_pk" PRIMARY KEY("reconciliation_id","line")
);
--> statement-breakpoint
ALTER TABLE "reconciliation_line" ADD CONSTRAINT "reconciliation_line_reconciliation_id_reconciliation_id_fk" FOREIGN KEY ("reconciliation_id") REFERENCES "public"."reconciliation"("id") ON DELETE cascade ON UPDATE no action;