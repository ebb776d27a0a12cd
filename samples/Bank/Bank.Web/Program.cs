return await Bank.Web.WebProgram.RunAsync(args);
