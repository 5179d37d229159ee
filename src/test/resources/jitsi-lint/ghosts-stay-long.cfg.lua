--[[ smacks_hibernation_time = 10
     (as it was) ]]
-- trap
smacks_hibernation_time = 300;
