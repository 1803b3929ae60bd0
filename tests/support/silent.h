/* silent.h: whether the Linux host would sleep now: nothing is reported that nobody waits for. */
#ifndef ROUSE_TEST_SILENT_H
#define ROUSE_TEST_SILENT_H

#include <poll.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* The first epoll of the process; -1: none. */
static inline int epoll_of_the_host(void)
{
    for (int fd = 3; fd < 100; fd++) {
        char path[32], target[64];
        (void)snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
        ssize_t length = readlink(path, target, sizeof target - 1);
        target[length < 0 ? 0 : length] = '\0';
        if (strstr(target, "eventpoll"))
            return fd;
    }
    return -1;
}

static inline bool is_silent(void)
{
    struct pollfd epoll = {.fd = epoll_of_the_host(), .events = POLLIN};
    return epoll.fd >= 0 && poll(&epoll, 1, 0) == 0;
}

#endif
