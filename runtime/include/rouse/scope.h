/* scope.h: ends tasks. A scope owns tasks, and none outlives it. A token cancels all that listen to
   it. A tracker counts the tasks that a shutdown waits for. */
#ifndef ROUSE_SCOPE_H
#define ROUSE_SCOPE_H

#include "time.h"
#include "private/scope_wait.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Scopes -------------------------------------------------------------------------------- */

/* FAIL_FAST: the first child that fails cancels the others, and the join fails as it did.
   SUPERVISE: a child that fails cancels nobody; its failure goes to options.on_error, once. */
enum rouse_scope_mode { ROUSE_FAIL_FAST, ROUSE_SUPERVISE };

struct rouse_scope;
struct rouse_i_tail;
struct rouse_scope {
    /* private */
    struct rouse_runtime *runtime;
    struct rouse_i_node children, deferred, waiters;
    struct rouse_i_tail *cleaning; /* the deferred future that runs now */
    struct rouse_task *failed;     /* the first child that failed, until a join returns it */
    size_t live;
    uint64_t outer_ns, deadline_ns; /* of the scope around this one; the earlier of both */
    struct rouse_sleep timer;
    rouse_status why, result; /* of the cancel; of a join */
    uint8_t mode;
    bool cancelled, stopping;
#if ROUSE_CHECKED
    struct rouse_future
        guard; /* live while something would dangle: a frame that ends looks for it */
#endif
};

/* Call it in a body, for a scope in the frame. Drop the scope in FINALLY. */
void rouse_scope_init(struct rouse_scope *scope, struct rouse_runtime *rt,
                      enum rouse_scope_mode mode);
/* Moves the future into a task of the scope. The scope owns the handle: it is valid until the task
   ends, or NULL. No memory counts as a child that failed; after a cancel the future is dropped. */
#define rouse_scope_spawn(scope, ...)                                           \
    rouse_i_scope_spawn(ROUSE_SCOPE_SITE_(scope),                               \
                        &((__typeof__(__VA_ARGS__)[1]){__VA_ARGS__})[0].future, \
                        sizeof(__VA_ARGS__) + ROUSE_ALIGNED_(__typeof__(__VA_ARGS__)))
/* Drops every child now, or when its running poll returns; only the first call counts. If there was
   a child, the join returns `why`. ROUSE_OK means "enough": the join succeeds. */
void rouse_scope_cancel(struct rouse_scope *scope, rouse_status why);
/* Cancels with TIMEOUT after `ns` from now. It replaces the last deadline; if the task of this
   scope belongs to a scope with an earlier one, that counts. */
void rouse_scope_deadline(struct rouse_scope *scope, uint64_t ns);
void rouse_scope_deadline_until(struct rouse_scope *scope, uint64_t deadline_ns);
/* Cancels the children and starts the deferred futures. You may call it twice, and for zero. */
void rouse_scope_drop(struct rouse_scope *scope);
size_t rouse_scope_count(const struct rouse_scope *scope); /* children that have not ended */

/* Waits until every child has ended and every deferred future ran. It fails with the first failure
   and its chain, or with the reason of the cancel. Dropped while it waits, it drops the scope. */
struct rouse_scope_join {
    struct rouse_future future;
    /* private */
    struct rouse_i_scope_wait wait;
};
ROUSE_LAZY struct rouse_scope_join rouse_scope_join(struct rouse_scope *scope);
/* Waits until fewer than `limit` children are left: await it before each spawn. It fails once the
   scope is cancelled. Limit 0: INVALID. */
struct rouse_scope_room {
    struct rouse_future future;
    /* private */
    struct rouse_i_scope_wait wait;
};
ROUSE_LAZY struct rouse_scope_room rouse_scope_room(struct rouse_scope *scope, size_t limit);

/* Async cleanup: runs the future after every child has ended, however the scope ends, the last
   deferred one first. A cancel does not reach it, but after `grace_ns` it is aborted. It may
   outlive the frame of the scope, so it must own what it uses. Its failure goes to on_error.
   NO_MEMORY drops it. */
#define rouse_scope_defer(scope, grace_ns, ...)                                 \
    rouse_i_scope_defer((scope), (grace_ns),                                    \
                        &((__typeof__(__VA_ARGS__)[1]){__VA_ARGS__})[0].future, \
                        sizeof(__VA_ARGS__) + ROUSE_ALIGNED_(__typeof__(__VA_ARGS__)))

/* When the scope of the current task will cancel it; ROUSE_NEVER if there is no deadline. */
uint64_t rouse_deadline(struct rouse_context *cx);

/* ---- Cancel tokens ------------------------------------------------------------------------- */

/* Cancelling a token cancels the tokens below it. A token stays cancelled. */
struct rouse_token {
    /* private */
    struct rouse_i_node node; /* among the parent's children */
    struct rouse_i_node children, waiters;
    struct rouse_token *parent;
    rouse_status why;
};
/* Parent NULL: a root. Below a cancelled parent the token is cancelled from the start. */
void rouse_token_init(struct rouse_token *token, struct rouse_token *parent);
/* If `why` is no failure, it is CANCELLED instead. */
void rouse_token_cancel(struct rouse_token *token, rouse_status why);
bool rouse_token_is_cancelled(const struct rouse_token *token);
rouse_status rouse_token_reason(const struct rouse_token *token); /* ROUSE_OK: not cancelled */
/* Leaves the tree; its children move up to its parent. Traps while somebody waits for it. */
void rouse_token_drop(struct rouse_token *token);

/* Waits until the token is cancelled; then it is ROUSE_OK. */
struct rouse_token_wait {
    struct rouse_future future;
    rouse_status out; /* why */
    /* private */
    struct rouse_i_node node;
    struct rouse_waker waker;
    struct rouse_token *token;
};
ROUSE_LAZY struct rouse_token_wait rouse_token_wait(struct rouse_token *token);

/* Ends as the child does. When the token is cancelled before, it drops the child and fails with the
   reason of the token. If the token is cancelled already, the child never starts. */
struct rouse_with_token {
    struct rouse_future future;
    /* private */
    struct rouse_future *child;
    struct rouse_token_wait wait;
};
ROUSE_LAZY struct rouse_with_token rouse_with_token(struct rouse_future *child,
                                                    struct rouse_token *token);

/* ---- Trackers ------------------------------------------------------------------------------ */

/* Counts tasks without owning them. A wait is done when the tracker is closed and empty. */
struct rouse_tracker {
    /* private */
    struct rouse_i_node tasks, waiters;
    size_t count;
    bool closed;
};
void rouse_tracker_init(struct rouse_tracker *tracker);
/* Like rouse_spawn and then rouse_task_detach: the handle is valid until the task ends, or NULL. A
   closed tracker spawns, too. */
#define rouse_tracker_spawn(tracker, rt, ...)                                     \
    rouse_i_tracker_spawn((tracker), ROUSE_SITE_(rt),                             \
                          &((__typeof__(__VA_ARGS__)[1]){__VA_ARGS__})[0].future, \
                          sizeof(__VA_ARGS__) + ROUSE_ALIGNED_(__typeof__(__VA_ARGS__)))
/* Count something that is not a task. Leaving more often than entering traps. */
void rouse_tracker_enter(struct rouse_tracker *tracker);
void rouse_tracker_leave(struct rouse_tracker *tracker);
void rouse_tracker_close(struct rouse_tracker *tracker);
void rouse_tracker_reopen(struct rouse_tracker *tracker);
bool rouse_tracker_is_closed(const struct rouse_tracker *tracker);
size_t rouse_tracker_count(const struct rouse_tracker *tracker);
/* Calls `each` for every task that has not ended, in spawn order. It must not end or spawn tasks.
 */
void rouse_tracker_list(const struct rouse_tracker *tracker,
                        void (*each)(void *data, const struct rouse_task *task), void *data);
void rouse_tracker_abort(struct rouse_tracker *tracker, rouse_status why); /* every task */
/* Forgets its tasks, which go on. Traps while somebody waits for it. */
void rouse_tracker_drop(struct rouse_tracker *tracker);

struct rouse_tracker_wait {
    struct rouse_future future;
    /* private */
    struct rouse_i_node node;
    struct rouse_waker waker;
    struct rouse_tracker *tracker;
    bool entered;
};
ROUSE_LAZY struct rouse_tracker_wait rouse_tracker_wait(struct rouse_tracker *tracker);

/* ---- Shutdown ------------------------------------------------------------------------------ */

/* A task that did not stop. All of them are aborted after the last call. */
typedef void (*rouse_on_left)(void *data, const struct rouse_task *task);

/* Waits until every other task of the runtime has ended, for `grace_ns` at most. Calls `on_left`
   for each task that is left (NULL: prints where it waits), then aborts them. */
struct rouse_runtime_shutdown {
    struct rouse_future future;
    size_t out; /* how many were left */
    /* private */
    rouse_on_left on_left;
    void *on_left_data;
    uint64_t grace_ns;
    struct rouse_i_drain drain;
    struct rouse_timeout limit;
    rouse_status status;
};
ROUSE_LAZY struct rouse_runtime_shutdown
rouse_runtime_shutdown(uint64_t grace_ns, rouse_on_left on_left, void *on_left_data);

#ifdef __cplusplus
}
#endif

#include "private/scope.h"
#endif
