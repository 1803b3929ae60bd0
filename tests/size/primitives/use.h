/* use.h: a program that uses one primitive, which USE_<name> says. `nothing` is what they are
   measured against. One file has several: what is not used must not be in the module. */
#include <rouse/rouse.h>

/* The members, then the body. */
#define USE(...)                    \
    struct use {                    \
        struct rouse_future future; \
        __VA_ARGS__                 \
    };                              \
    ROUSE_ASYNC(use)

/* A future for those that need one. */
struct other {
    struct rouse_future future;
    struct rouse_sleep nap;
};
ROUSE_ASYNC(other)
{
    ROUSE_BEGIN;
    ROUSE_AWAIT(self->nap, rouse_sleep(ROUSE_MS));
    ROUSE_END;
}
#define OTHER ROUSE_FUTURE(other)

/* A main with a task in its own memory. */
#define USE_MAIN                                                      \
    struct app {                                                      \
        struct rouse_future future;                                   \
        ROUSE_TASK(other) slot;                                       \
        struct rouse_task *task;                                      \
        struct rouse_task_join join;                                  \
        struct use use;                                               \
    };                                                                \
    ROUSE_ASYNC(app)                                                  \
    {                                                                 \
        ROUSE_BEGIN;                                                  \
        self->task = rouse_spawn_in(cx->runtime, &self->slot, OTHER); \
        ROUSE_PUT(self->use, ROUSE_FUTURE(use));                      \
        ROUSE_AWAIT(self->use);                                       \
        ROUSE_END;                                                    \
    }                                                                 \
    ROUSE_MAIN(ROUSE_FUTURE(app))
