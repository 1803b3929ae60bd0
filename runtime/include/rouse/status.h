/* status.h: the result of every operation. 0 is success, a negative code is a failure. Codes are
   stable on every host, unlike errno. Your application uses codes <= ROUSE_USER. */
#ifndef ROUSE_STATUS_H
#define ROUSE_STATUS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef int32_t rouse_status;

/* X(name, code, text): the list behind the enum, the names and the texts. */
#define ROUSE_STATUS_LIST(X)  \
    ROUSE_STATUS_OF_TASKS_(X) \
    ROUSE_STATUS_OF_FILES_(X)

#define ROUSE_STATUS_OF_TASKS_(X)                    \
    X(CANCELLED, -1, "cancelled by this side")       \
    X(NO_MEMORY, -2, "out of memory")                \
    X(CLOSED, -3, "the other side is closed")        \
    X(TIMEOUT, -4, "the time allowed has passed")    \
    X(FULL, -5, "no room right now")                 \
    X(EMPTY, -6, "nothing there right now")          \
    X(LAGGED, -7, "too slow: items were lost")       \
    X(INVALID, -8, "an argument is not valid")       \
    X(NOT_SUPPORTED, -9, "this host cannot do that") \
    X(DEADLOCK, -10, "nothing left to wait for")

#define ROUSE_STATUS_OF_FILES_(X)                   \
    X(NOT_FOUND, -11, "no such file or folder")     \
    X(EXISTS, -12, "it exists already")             \
    X(PERMISSION, -13, "permission denied")         \
    X(IS_DIRECTORY, -14, "it is a folder")          \
    X(NOT_DIRECTORY, -15, "it is not a folder")     \
    X(NOT_EMPTY, -16, "the folder is not empty")    \
    X(NO_SPACE, -17, "no space left on the device") \
    X(TOO_MANY_FILES, -18, "too many open files")   \
    X(BAD_FD, -19, "the descriptor is not open")    \
    X(IO, -20, "the device failed")                 \
    X(RESET, -21, "the connection was reset")

enum {
    ROUSE_OK = 0,
#define ROUSE_STATUS_ENUM_(name, code, text) ROUSE_ERR_##name = (code),
    ROUSE_STATUS_LIST(ROUSE_STATUS_ENUM_)
#undef ROUSE_STATUS_ENUM_
        ROUSE_USER = -1000 /* an application's first code; the next ones are lower */
};

/* "ROUSE_ERR_CLOSED"; "ROUSE_USER" for an application's code, "ROUSE_ERR_?" for an unknown one. */
const char *rouse_status_name(rouse_status status);

/* "the other side is closed": one line for a person. Never NULL. */
const char *rouse_status_text(rouse_status status);

#ifdef __cplusplus
}
#endif
#endif
