-- How a work is cut into chunks since it was laid out anew, as the planner writes it: 0:100 200:50.
-- NULL while it is cut as the settings say.
ALTER TABLE works ADD COLUMN layout TEXT;

PRAGMA user_version = 2;
