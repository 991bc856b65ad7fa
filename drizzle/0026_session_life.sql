-- Sessions whose calls were exchanged for equal ones before that widened them.
UPDATE "session" s
   SET first_at = least(s.first_at, l.first_at), last_at = greatest(s.last_at, l.last_at)
  FROM (SELECT u.session_id, d.team, coalesce(u.user_id, '') AS user_id,
               min(u.started_at) AS first_at, max(u.started_at) AS last_at
          FROM "usage_event" u JOIN "dimension_set" d ON d.id = u.dimension_set_id
         WHERE u.counted AND u.session_id IS NOT NULL
         GROUP BY 1, 2, 3) l
 WHERE s.session_id = l.session_id AND s.team = l.team AND s.user_id = l.user_id
   AND (l.first_at < s.first_at OR l.last_at > s.last_at);
