/* status.c: the names and texts of all statuses, those of files included. */
#include "status_brief.h"

const char *rouse_status_name(rouse_status status)
{
    switch (status) {
#define STATUS_NAME(name, code, text) \
    case (code):                      \
        return "ROUSE_ERR_" #name;
        ROUSE_STATUS_OF_FILES_(STATUS_NAME)
    default:
        return rouse_i_status_name(status);
    }
}

const char *rouse_status_text(rouse_status status)
{
    switch (status) {
#define STATUS_TEXT(name, code, text) \
    case (code):                      \
        return text;
        ROUSE_STATUS_OF_FILES_(STATUS_TEXT)
    default:
        return rouse_i_status_text(status);
    }
}
