/* js_call.c: JavaScript calls an exported async function. The task is made before its arguments are
   written. That is safe because its first poll comes in a later turn; so JavaScript writes them
   directly into the frame.

     rouse_js_call_start --turn--> polled --item--> parked --rouse_js_call_next--> polled ...
                                      |                |
                                      +-- done, failed, rouse_js_call_abort --> settled

   Invariant: rouse_host_settled is called once, however the call ends. After that the address of
   its frame means nothing. */
#include "../../runtime/src/core/slab.h"
#include "js_host.h"
#include <rouse/trace.h>

#include <string.h>

enum { FRAME_AT = (sizeof(struct rouse_i_js_call) + 7) / 8 * 8 };

/* The result is in the frame now. `error` is the chain of a failure, or NULL. */
void IMPORT(rouse_host_settled)(uint32_t id, rouse_status status, const struct rouse_error *error);
/* An item is in the frame now. 1: go on; 0: park until rouse_js_call_next. */
int32_t IMPORT(rouse_host_item)(uint32_t id);

void *EXPORT(rouse_js_call_start)(const struct rouse_i_js_function *function, uint32_t extra,
                                  uint32_t id);
void EXPORT(rouse_js_call_next)(void *frame);
void EXPORT(rouse_js_call_abort)(void *frame);
void EXPORT(rouse_js_close)(void);

/* Calls live on the heap. The runtime refers to its allocator weakly, so a module that is linked
   from an archive and spawns nothing itself would have none. */
__attribute__((used)) static rouse_allocate (*const heap)(const struct rouse_runtime *rt) =
    rouse_i_allocator;

static struct rouse_future *frame_of(struct rouse_i_js_call *self)
{
    return (struct rouse_future *)(void *)((char *)self + FRAME_AT);
}

static struct rouse_i_js_call *call_of(void *frame)
{
    return (struct rouse_i_js_call *)(void *)((char *)frame - FRAME_AT);
}

static struct rouse_task *task_of(struct rouse_i_js_call *self)
{
    return (struct rouse_task *)(void *)self - 1;
}

/* Makes the task, its frame and `extra` bytes behind it; NULL without memory. */
void *rouse_js_call_start(const struct rouse_i_js_function *function, uint32_t extra, uint32_t id)
{
    struct rouse_runtime *rt = rouse_i_js_runtime();
    size_t size = sizeof(struct rouse_task) + FRAME_AT + function->frame->size + extra;
    if (size < extra || size > INT32_MAX || !rouse_i_may_spawn(rt))
        return NULL;
    struct rouse_task *task = rouse_i_slab_task(&rt->slab, size);
    if (!task)
        return NULL;
    struct rouse_i_js_call *self = (struct rouse_i_js_call *)(void *)(task + 1);
    memset(self, 0, FRAME_AT + function->frame->size);
    self->future = (struct rouse_future)ROUSE_HEADER_(&function->type);
    self->id = id;
    self->wanted = true;
    *frame_of(self) = (struct rouse_future)ROUSE_HEADER_(function->frame);
    task->cold = NULL;
    rouse_i_task_begin(rt, task, size, 0);
    EVENT_JS(JS_PROMISE, &self->future);
    return frame_of(self);
}

void rouse_js_call_next(void *frame)
{
    struct rouse_i_js_call *self = call_of(frame);
    self->wanted = true;
    rouse_waker_wake(&self->waker);
}

void rouse_js_call_abort(void *frame)
{
    rouse_task_abort(task_of(call_of(frame)));
}

static void settle(struct rouse_i_js_call *self, rouse_status status,
                   const struct rouse_error *error)
{
    rouse_waker_drop(&self->waker);
    EVENT_JS_SETTLED(&self->future, status);
    rouse_host_settled(self->id, status, error);
    rouse_task_detach(task_of(self)); /* the executor keeps it until this poll is over */
}

/* JavaScript has the failure now, so the executor need not report it: the task ends with OK. */
static struct rouse_polled end_call(struct rouse_i_js_call *self, rouse_status status,
                                    struct rouse_context *cx)
{
    const struct rouse_error *error = cx->error;
    bool has_chain = error && error->carrier_ == frame_of(self) && error->status == status;
    settle(self, status, has_chain ? error : NULL);
    return ROUSE_READY(ROUSE_OK);
}

struct rouse_polled rouse_i_js_call_poll(struct rouse_future *f, struct rouse_context *cx)
{
    struct rouse_i_js_call *self = (struct rouse_i_js_call *)(void *)f;
    struct rouse_future *frame = frame_of(self);
    if (f->at >= ROUSE_AT_UNSTARTED) { /* cancelled */
        rouse_drop(frame);
        settle(self, ROUSE_ERR_CANCELLED, NULL);
        return ROUSE_READY(ROUSE_ERR_CANCELLED);
    }
    for (;;) {
        if (frame->status == ROUSE_ITEM_ && !self->wanted) { /* the next item is not wanted yet */
            rouse_waker_store(&self->waker, cx);
            return ROUSE_PENDING;
        }
        if (!rouse_spend(cx))
            return ROUSE_PENDING;
        if (!f->awaiting)
            rouse_i_await_begin(f, frame);
        rouse_status status = rouse_i_await(f, cx);
        if (status == ROUSE_PENDING_)
            return ROUSE_PENDING;
        if (status != ROUSE_ITEM_)
            return end_call(self, status, cx);
        self->wanted = false;
        if (rouse_host_item(self->id))
            self->wanted = true;
    }
}

/* Ends the runtime: every call is cancelled. */
void rouse_js_close(void)
{
    rouse_runtime_drop(rouse_i_js_runtime());
}
