/* status_brief.c: the names and texts of the statuses that every program may get. */
#include "status_brief.h"

const char *rouse_i_status_name(rouse_status status)
{
    switch (status) {
    case ROUSE_OK:
        return "ROUSE_OK";
#define STATUS_NAME(name, code, text) \
    case (code):                      \
        return "ROUSE_ERR_" #name;
        ROUSE_STATUS_OF_TASKS_(STATUS_NAME)
    default:
        return status <= ROUSE_USER ? "ROUSE_USER" : "ROUSE_ERR_?";
    }
}

const char *rouse_i_status_text(rouse_status status)
{
    switch (status) {
    case ROUSE_OK:
        return "success";
#define STATUS_TEXT(name, code, text) \
    case (code):                      \
        return text;
        ROUSE_STATUS_OF_TASKS_(STATUS_TEXT)
    default:
        return status <= ROUSE_USER ? "an application error" : "an unknown status";
    }
}
