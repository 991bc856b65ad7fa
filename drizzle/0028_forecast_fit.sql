CREATE TABLE "forecast_fit" (
	"scope" text PRIMARY KEY NOT NULL,
	"fitted_on" date NOT NULL,
	"smoothing" double precision[],
	"half_widths" double precision[]
);
