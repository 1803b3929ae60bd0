/* task.h: what the macros of rouse/task.h need, and the head of a task. */
#ifndef ROUSE_PRIVATE_TASK_H
#define ROUSE_PRIVATE_TASK_H

#include "../task.h"
#include "maker.h"

#ifdef __cplusplus
extern "C" {
#endif

struct rouse_i_chunk;
struct rouse_i_locals;

/* ---- A task -------------------------------------------------------------------------------- */

/* What most tasks never need; allocated from the slab on first use. */
struct rouse_i_cold {
    const char *name;
    struct rouse_i_node joiners;
    struct rouse_error *error; /* the chain of a failure that nobody has awaited yet */
    struct rouse_i_locals *locals;
};

/* Where a task comes from. A task that ends leaves its children to its own parent. */
struct rouse_i_birth {
    const char *site;          /* "file:line" of the spawn; NULL: not known */
    struct rouse_task *parent; /* the task that spawned it; NULL: none that lives */
    struct rouse_i_node sibling, children;
    uint64_t born_ns;
    uint32_t id, polls;
};

/* The head of a task, 40 bytes on x86-64 and 24 on wasm32. The future lies right behind it, so both
   are aligned to 8. */
struct __attribute__((aligned(8))) rouse_task {
    struct rouse_task *next;       /* in the ready queue */
    struct rouse_runtime *runtime; /* NULL when the runtime is gone */
    union {
        struct rouse_i_cold *cold;   /* name, joiners, error: NULL until used */
        struct rouse_i_chunk *chunk; /* once the runtime is gone */
    };
    struct rouse_future *innermost; /* the frame that a wake resumes; NULL: the root */
    uint32_t state;                 /* flags and a reference count, see executor.h */
    uint32_t size;                  /* of the whole block */
#if ROUSE_KNOWS
    struct rouse_i_birth birth;
#endif
#if ROUSE_TRACE
    struct rouse_i_watched {
        uint32_t wakers;     /* kept somewhere, as far as is known */
        uint16_t self_wakes; /* polls in a row that ended with a wake of itself */
        uint16_t linted;     /* a bit per lint: each is reported once */
    } watched;
#endif
};

static inline struct rouse_future *rouse_i_task_future(struct rouse_task *task)
{
    return (struct rouse_future *)(void *)(task + 1);
}

/* The head of a task in its caller's memory. No chunk lists it and it cannot allocate, so its node
   and its cold part are here. */
struct rouse_i_placed {
    struct rouse_i_node node;
    struct rouse_i_cold cold;
    struct rouse_task task;
};

/* ---- Spawning ------------------------------------------------------------------------------ */

/* Notes the line of a macro that spawns, in checked and traced builds. */
#if ROUSE_KNOWS
static inline struct rouse_runtime *rouse_i_site(struct rouse_runtime *rt, const char *site);
#define ROUSE_SITE_(rt) rouse_i_site((rt), ROUSE_PLACE_)
#else
#define ROUSE_SITE_(rt) (rt)
#endif

/* 0; a compile error for a future that needs more than 8-byte alignment, or 2 GiB. */
#define ROUSE_ALIGNED_(T) (0 * sizeof(char[_Alignof(T) <= 8 && sizeof(T) <= INT32_MAX ? 1 : -1]))
__attribute__((warn_unused_result)) struct rouse_task *
rouse_i_spawn(struct rouse_runtime *rt, struct rouse_future *f, size_t size);
void rouse_i_slot_check(struct rouse_runtime *rt, const struct rouse_i_placed *slot);
__attribute__((warn_unused_result)) struct rouse_task *
rouse_i_spawn_in(struct rouse_runtime *rt, struct rouse_i_placed *slot, size_t size);

extern const struct rouse_type rouse_task_join_type, rouse_remote_wait_type;
#ifndef __cplusplus
ROUSE_MAKER_(rouse_task_join);
ROUSE_MAKER_(rouse_remote_wait);
#define rouse_task_join(task_) \
    ROUSE_MADE_(rouse_task_join, ROUSE_FUTURE(rouse_task_join, .task = (task_)))
#define rouse_remote_wait(remote_) \
    ROUSE_MADE_(rouse_remote_wait, ROUSE_FUTURE(rouse_remote_wait, .remote = (remote_)))
#endif

/* ---- A program ----------------------------------------------------------------------------- */

/* The root lies in static memory. But C builds a value on the stack before it stores it, and a
   maker does so once more. So a function of its own does that, after the room was checked. */
#define ROUSE_ROOT_(...)                                         \
    do {                                                         \
        if (sizeof(__typeof__(__VA_ARGS__)) > ROUSE_SMALL_ROOT_) \
            rouse_i_root_room(sizeof(__typeof__(__VA_ARGS__)));  \
    } while (0)
enum { ROUSE_SMALL_ROOT_ = 16 * 1024 };
/* Traps with a message if the stack has no room for two futures of this size. */
void rouse_i_root_room(size_t size);

#if defined(ROUSE_JS) /* a JavaScript host calls rouse_main */
#define ROUSE_MAIN_(...)                                                                         \
    static __attribute__((noinline)) struct rouse_task *rouse_spawn_root_(int argc, char **argv) \
    {                                                                                            \
        typedef __typeof__(__VA_ARGS__) rouse_root_; /* in a struct, clang wants constants */    \
        static struct {                                                                          \
            struct rouse_i_placed head;                                                          \
            rouse_root_ root;                                                                    \
        } rouse_slot_;                                                                           \
        (void)argc, (void)argv;                                                                  \
        rouse_slot_.root = (__VA_ARGS__);                                                        \
        return rouse_i_js_main(&rouse_slot_.head, sizeof rouse_slot_.root);                      \
    }                                                                                            \
    __attribute__((export_name("rouse_main"), used)) struct rouse_task *rouse_main(int argc,     \
                                                                                   char **argv)  \
    {                                                                                            \
        static char rouse_name_[] = "program", *rouse_alone_[] = {rouse_name_, NULL};            \
        if (!argv) /* called with 0, 0: there are no arguments */                                \
            argc = 1, argv = rouse_alone_;                                                       \
        ROUSE_ROOT_(__VA_ARGS__);                                                                \
        rouse_i_js_begin();                                                                      \
        return rouse_spawn_root_(argc, argv);                                                    \
    }
struct rouse_task *rouse_main(int argc, char **argv);
void rouse_i_js_begin(void);
struct rouse_task *rouse_i_js_main(struct rouse_i_placed *slot, size_t size);
#else
#define ROUSE_MAIN_(...)                                                              \
    static __attribute__((noinline)) int rouse_run_root_(int argc, char **argv)       \
    {                                                                                 \
        static __typeof__(__VA_ARGS__) rouse_it_;                                     \
        (void)argc, (void)argv;                                                       \
        rouse_it_ = (__VA_ARGS__);                                                    \
        return rouse_i_main(&rouse_it_.future);                                       \
    }                                                                                 \
    int main(int argc, char **argv)                                                   \
    {                                                                                 \
        ROUSE_ROOT_(__VA_ARGS__);                                                     \
        rouse_i_main_begin(); /* first, so that the trace has the root's beginning */ \
        return rouse_run_root_(argc, argv);                                           \
    }
#endif
void rouse_i_main_begin(void);
int rouse_i_main(struct rouse_future *root);
/* Prints what went wrong, if anything did, and returns the exit code. */
int rouse_i_program_end(const struct rouse_future *root, rouse_status status,
                        const struct rouse_error *error);

#ifdef __cplusplus
}
#endif

#include "runtime.h"
#endif
