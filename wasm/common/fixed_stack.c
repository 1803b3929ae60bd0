/* fixed_stack.c: whether the root of ROUSE_MAIN can be built on the stack, which cannot grow here.
 */
#include <rouse/task.h>

#include "../../runtime/src/base/text.h"

extern unsigned char __data_end; /* the linker's: the end of static data */

void rouse_i_root_room(size_t size)
{
    char buffer[200];
    uintptr_t here = (uintptr_t)buffer, data = (uintptr_t)&__data_end;
    size_t room = here > data ? here - data : here; /* the stack lies behind the data, or first */
    if (size <= room / 2)
        return;
    struct rouse_i_text text = rouse_i_text(buffer, sizeof buffer);
    rouse_i_text_string(&text, "the future of ROUSE_MAIN has ");
    rouse_i_text_number(&text, (uint32_t)size);
    rouse_i_text_string(&text, " bytes, and the stack has room for two of at most ");
    rouse_i_text_number(&text, (uint32_t)room / 2);
    rouse_i_text_string(&text, ": make large buffers static, or link with -Wl,-z,stack-size=");
    rouse_i_text_number(&text, ((uint32_t)(2 * size) | 0xffff) + 1);
    rouse_i_bug(NULL, buffer);
}
