int plugin_run(void);

int main(void)
{
    return plugin_run() != 0;
}
