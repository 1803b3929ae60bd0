/* js_import.c: C calls a function of JavaScript and waits for its promise.

     made --poll, rouse_host_call--> waiting --rouse_js_complete--> settled --poll--> done
                        |               |                         |
                        +--> done       +--------- drop ----------+--> rouse_host_cancel

   Invariant: JavaScript writes to the struct only while its record has the id that `op_.id` holds;
   dropping the struct ends the record first. */
#include "../../runtime/src/report/waits.h"
#include "js_host.h"

enum { INBOX = 64 };

/* Linked only with programs that export. */
#pragma weak rouse_i_js_call_poll

/* Calls the function with the arguments in `leaf`. Returns its status if it ended at once, else the
   id of a record, which is positive. `call` is the id of the call from JavaScript that the running
   task serves, or 0. */
int32_t IMPORT(rouse_host_call)(const struct rouse_i_js_function *function, void *leaf,
                                uint32_t call);
/* No future waits any more: aborts the signal, drops the record and what lies in `out`. */
void IMPORT(rouse_host_cancel)(void *leaf, uint32_t id);
/* Copies the message of what was thrown, for reports. */
void IMPORT(rouse_host_reason)(rouse_status status, char *text, size_t size);
/* 0: one handle less; 1: one more of the same value. */
rouse_js IMPORT(rouse_host_handle)(rouse_js value, int32_t more);

struct completion {
    struct rouse_i_js_leaf *leaf;
    rouse_status status;
};
static struct completion inbox[INBOX];

void *EXPORT(rouse_js_inbox)(void);
void EXPORT(rouse_js_complete)(uint32_t count);
void *EXPORT(rouse_js_allocate)(uint32_t size);
void EXPORT(rouse_js_free)(void *block);

void *rouse_js_inbox(void)
{
    return inbox;
}

/* `count` calls have ended; they cross together. JavaScript runs a turn next without being asked.
 */
void rouse_js_complete(uint32_t count)
{
    struct rouse_runtime *rt = rouse_i_js_runtime();
    rt->waking = ROUSE_BY_PROMISE;
    rt->awake = true;
    for (uint32_t i = 0; i < count; i++) {
        struct rouse_i_js_op *op = &inbox[i].leaf->op_;
        op->result = inbox[i].status;
        op->settled = true;
        rouse_i_js_waiting--;
        EVENT_JS_SETTLED(&inbox[i].leaf->future, op->result);
        rouse_waker_wake(&op->waker);
    }
    rt->waking = ROUSE_BY_OUTSIDE;
}

bool rouse_i_is_promise(const struct rouse_future *leaf)
{
    return leaf->type->poll == rouse_i_js_import_poll;
}

void *rouse_js_allocate(uint32_t size)
{
    return rouse_host_allocate(NULL, NULL, 0, size ? size : 1);
}

void rouse_js_free(void *block)
{
    rouse_host_allocate(NULL, block, 0, 0);
}

rouse_js rouse_js_clone(rouse_js value)
{
    return rouse_host_handle(value, 1);
}

void rouse_js_drop(rouse_js value)
{
    rouse_host_handle(value, 0);
}

static const struct rouse_i_js_function *function_of(const struct rouse_i_js_leaf *self)
{
    return (const struct rouse_i_js_function *)(const void *)self->future.type;
}

/* The chain of a failure begins at the ROUSE_IMPORT. */
static struct rouse_polled finish(struct rouse_i_js_leaf *self, rouse_status status,
                                  struct rouse_context *cx)
{
    if (status < 0) {
        rouse_i_fail(cx, &self->future, function_of(self)->line, status);
        if (cx->error && rouse_js_is_thrown(status))
            rouse_host_reason(status, cx->error->message, ROUSE_ERROR_TEXT);
    }
    return ROUSE_READY(status);
}

/* The id of the call from JavaScript that the running task serves; 0: none. */
static uint32_t current_call(const struct rouse_runtime *rt)
{
    if (!rt || !rt->current)
        return 0;
    const struct rouse_future *root = rouse_i_task_future(rt->current);
    if (root->type->poll != rouse_i_js_call_poll)
        return 0;
    return ((const struct rouse_i_js_call *)(const void *)root)->id;
}

struct rouse_polled rouse_i_js_import_poll(struct rouse_future *f, struct rouse_context *cx)
{
    struct rouse_i_js_leaf *self = (struct rouse_i_js_leaf *)(void *)f;
    struct rouse_i_js_op *op = &self->op_;
    if (op->settled)
        return finish(self, op->result, cx);
    if (!op->id) {
        EVENT_JS(JS_CALL_BEGIN, f);
        int32_t id = rouse_host_call(function_of(self), f, current_call(cx->runtime));
        EVENT_JS(JS_CALL_END, f);
        if (id <= 0)
            return finish(self, id, cx);
        EVENT_JS(JS_PROMISE, f);
        op->id = (uint32_t)id;
        rouse_i_js_waiting++;
    }
    rouse_waker_store(&op->waker, cx);
    return ROUSE_PENDING;
}

void rouse_i_js_import_drop(struct rouse_future *f)
{
    struct rouse_i_js_op *op = &((struct rouse_i_js_leaf *)(void *)f)->op_;
    rouse_waker_drop(&op->waker);
    if (!op->settled)
        rouse_i_js_waiting--;
    rouse_host_cancel(f, op->id);
}
