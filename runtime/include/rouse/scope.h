/* scope.h: who ends whom. A scope owns tasks and none outlives it; a token says "stop" to a tree of
   listeners; a tracker counts what a shutdown has to wait for. */
#ifndef ROUSE_SCOPE_H
#define ROUSE_SCOPE_H

#include "time.h"
#include "private/scope_wait.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Scopes -------------------------------------------------------------------------------- */

/* FAIL_FAST: the first child that fails cancels the others, and the join fails as it did.
   SUPERVISE: children do not mind each other; a failure goes to options.on_error, once. */
enum rouse_scope_mode { ROUSE_FAIL_FAST, ROUSE_SUPERVISE };

struct rouse_scope;
struct rouse_i_tail;
struct rouse_scope {
    /* private */
    struct rouse_runtime *runtime;
    struct rouse_i_node children, deferred, waiters;
    struct rouse_i_tail *cleaning; /* the deferred future that runs now */
    struct rouse_task *failed;     /* the first child that failed, until a join has told */
    size_t live;
    uint64_t outer_ns, deadline_ns; /* of the scope around this one; the earlier of the two */
    struct rouse_sleep timer;
    rouse_status why, result; /* of the cancel; what a join says */
    uint8_t mode;
    bool cancelled, stopping;
#if ROUSE_CHECKED
    struct rouse_future
        guard; /* live while something would dangle: a frame that ends looks for it */
#endif
};

/* In a body, on a scope in its frame. Drop it in FINALLY. */
void rouse_scope_init(struct rouse_scope *scope, struct rouse_runtime *rt,
                      enum rouse_scope_mode mode);
/* Moves the future into a task of the scope. The handle is the scope's: valid until the task ends,
   or NULL. A child that finds no memory counts as one that failed; after a cancel it is dropped. */
#define rouse_scope_spawn(scope, ...)                                           \
    rouse_i_scope_spawn(ROUSE_SCOPE_SITE_(scope),                               \
                        &((__typeof__(__VA_ARGS__)[1]){__VA_ARGS__})[0].future, \
                        sizeof(__VA_ARGS__) + ROUSE_ALIGNED_(__typeof__(__VA_ARGS__)))
/* Drops every child now, or when its running poll returns. The first call counts. A join says `why`
   if a child was still there; ROUSE_OK means "enough": the join succeeds. */
void rouse_scope_cancel(struct rouse_scope *scope, rouse_status why);
/* Cancels with TIMEOUT when time is up, counted from now. Replaces the last; the earlier of this
   and what the scope's own task has wins. */
void rouse_scope_deadline(struct rouse_scope *scope, uint64_t ns);
void rouse_scope_deadline_until(struct rouse_scope *scope, uint64_t deadline_ns);
/* Cancels what is left and lets the deferred futures run. Idempotent; zero is empty. */
void rouse_scope_drop(struct rouse_scope *scope);
size_t rouse_scope_count(const struct rouse_scope *scope); /* children that have not ended */

/* Done when every child has ended and every deferred future ran. Fails with the first failure and
   its chain, or as cancelled. Dropped while it waits, it drops the scope. */
struct rouse_scope_join {
    struct rouse_future future;
    /* private */
    struct rouse_i_scope_wait wait;
};
ROUSE_LAZY struct rouse_scope_join rouse_scope_join(struct rouse_scope *scope);
/* Done when fewer than `limit` children are left: await it before each spawn. Fails once the scope
   is cancelled. Limit 0: INVALID. */
struct rouse_scope_room {
    struct rouse_future future;
    /* private */
    struct rouse_i_scope_wait wait;
};
ROUSE_LAZY struct rouse_scope_room rouse_scope_room(struct rouse_scope *scope, size_t limit);

/* The only async cleanup there is. The future runs after every child has ended, the last deferred
   first, however the scope ends: shielded from its cancel, for `grace_ns` at most. It may outlive
   the frame of the scope, so it owns what it uses. NO_MEMORY drops it. Its failure goes to
   on_error. */
#define rouse_scope_defer(scope, grace_ns, ...)                                 \
    rouse_i_scope_defer((scope), (grace_ns),                                    \
                        &((__typeof__(__VA_ARGS__)[1]){__VA_ARGS__})[0].future, \
                        sizeof(__VA_ARGS__) + ROUSE_ALIGNED_(__typeof__(__VA_ARGS__)))

/* When the scope that owns the current task ends it; ROUSE_NEVER if it does not. */
uint64_t rouse_deadline(struct rouse_context *cx);

/* ---- Cancel tokens ------------------------------------------------------------------------- */

/* Cancelling a token cancels those below it, each once and for good. */
struct rouse_token {
    /* private */
    struct rouse_i_node node; /* among the parent's children */
    struct rouse_i_node children, waiters;
    struct rouse_token *parent;
    rouse_status why;
};
/* Parent NULL: a root. Below a cancelled parent it begins cancelled. */
void rouse_token_init(struct rouse_token *token, struct rouse_token *parent);
/* A `why` that is no failure counts as CANCELLED. */
void rouse_token_cancel(struct rouse_token *token, rouse_status why);
bool rouse_token_is_cancelled(const struct rouse_token *token);
rouse_status rouse_token_reason(const struct rouse_token *token); /* ROUSE_OK: not cancelled */
/* Leaves the tree; its children move up to its parent. A trap while somebody waits for it. */
void rouse_token_drop(struct rouse_token *token);

/* Done, and ROUSE_OK, when the token is cancelled. */
struct rouse_token_wait {
    struct rouse_future future;
    rouse_status out; /* why */
    /* private */
    struct rouse_i_node node;
    struct rouse_waker waker;
    struct rouse_token *token;
};
ROUSE_LAZY struct rouse_token_wait rouse_token_wait(struct rouse_token *token);

/* The child's status; or the token's reason, and the child is dropped. What is done in time counts.
   With a token already cancelled the child never starts. */
struct rouse_with_token {
    struct rouse_future future;
    /* private */
    struct rouse_future *child;
    struct rouse_token_wait wait;
};
ROUSE_LAZY struct rouse_with_token rouse_with_token(struct rouse_future *child,
                                                    struct rouse_token *token);

/* ---- Trackers ------------------------------------------------------------------------------ */

/* Counts tasks without owning them: a wait is done when the tracker is closed and empty. */
struct rouse_tracker {
    /* private */
    struct rouse_i_node tasks, waiters;
    size_t count;
    bool closed;
};
void rouse_tracker_init(struct rouse_tracker *tracker);
/* Like rouse_spawn and rouse_task_detach: the handle is valid until the task ends, or NULL. A
   closed tracker spawns as well. */
#define rouse_tracker_spawn(tracker, rt, ...)                                     \
    rouse_i_tracker_spawn((tracker), ROUSE_SITE_(rt),                             \
                          &((__typeof__(__VA_ARGS__)[1]){__VA_ARGS__})[0].future, \
                          sizeof(__VA_ARGS__) + ROUSE_ALIGNED_(__typeof__(__VA_ARGS__)))
/* For what is not a task. To leave more often than was entered is a trap. */
void rouse_tracker_enter(struct rouse_tracker *tracker);
void rouse_tracker_leave(struct rouse_tracker *tracker);
void rouse_tracker_close(struct rouse_tracker *tracker);
void rouse_tracker_reopen(struct rouse_tracker *tracker);
bool rouse_tracker_is_closed(const struct rouse_tracker *tracker);
size_t rouse_tracker_count(const struct rouse_tracker *tracker);
/* Every task that has not ended, in the order of their spawns. `each` must not end or spawn any. */
void rouse_tracker_list(const struct rouse_tracker *tracker,
                        void (*each)(void *data, const struct rouse_task *task), void *data);
void rouse_tracker_abort(struct rouse_tracker *tracker, rouse_status why); /* every task */
/* Lets go of its tasks, which go on. A trap while somebody waits for it. */
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

/* A task that would not stop: it is aborted when all have been told. */
typedef void (*rouse_on_left)(void *data, const struct rouse_task *task);

/* Waits until every other task of the runtime has ended, `grace_ns` at most; then tells which are
   left (on_left NULL: prints where each waits), and aborts them. */
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
