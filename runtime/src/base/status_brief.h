/* status_brief.h: the statuses that have nothing to do with files: the reports of every program
   link their texts. A program that uses files, or asks for a name, links status.c too, and then
   reports use that. */
#ifndef ROUSE_STATUS_BRIEF_H
#define ROUSE_STATUS_BRIEF_H

#include <rouse/status.h>

const char *rouse_i_status_name(rouse_status status);
const char *rouse_i_status_text(rouse_status status);

#endif
