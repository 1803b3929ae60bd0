/* The sizes that the documents promise, of release builds. Every future and every task pays them.
 */
#include <rouse/rouse.h>

#if defined __wasm32__
_Static_assert(sizeof(struct rouse_future) == 20, "the header of a future");
_Static_assert(sizeof(struct rouse_task) <= 24, "the header of a task");
#elif defined __x86_64__
_Static_assert(sizeof(struct rouse_future) == 32, "the header of a future");
_Static_assert(sizeof(struct rouse_task) <= 40, "the header of a task");
#endif
_Static_assert(sizeof(struct rouse_polled) == 4, "what a poll returns fits a register");
_Static_assert(sizeof(struct rouse_waker) == 2 * sizeof(void *), "a waker is two words");
_Static_assert(sizeof(struct rouse_task) % 8 == 0, "the future behind it is aligned");
_Static_assert(sizeof(struct rouse_i_placed) % 8 == 0, "so it is in the caller's memory");
_Static_assert(sizeof(struct rouse_trace_record) == 32, "the trace format");
