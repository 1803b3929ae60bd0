// The second unlock would take the lock from the waiter that the first has handed it to.
// trap: rouse: bug: unlocked a mutex that is not locked
// trap: at tests/traps/mutex_unlock_twice.c:15
#include <rouse/rouse.h>

int main(void)
{
    struct rouse_mutex mutex;
    struct rouse_context cx = {.waker = rouse_waker_noop()};
    rouse_mutex_init(&mutex);
    (void)rouse_mutex_try_lock(&mutex);
    struct rouse_mutex_lock waiter = rouse_mutex_lock(&mutex);
    if (rouse_is_pending(rouse_poll(&waiter.future, &cx))) {
        rouse_mutex_unlock(&mutex);
        rouse_mutex_unlock(&mutex);
    }
}
