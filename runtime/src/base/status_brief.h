/* status_brief.h: the statuses that do not speak of files: what the reports of every program link.
   Programs that have files, or ask for a name, link status.c, and reports use that. */
#ifndef ROUSE_STATUS_BRIEF_H
#define ROUSE_STATUS_BRIEF_H

#include <rouse/status.h>

const char *rouse_i_status_name(rouse_status status);
const char *rouse_i_status_text(rouse_status status);

#endif
